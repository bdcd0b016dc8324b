package io.belay.it.http;

import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Apache HttpClient 4. */
class Apache4StopIT {
  private static Provider provider;
  private final Moments moments = new Moments(provider, Client.class);

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  static final class Client extends HttpApp {
    private static final CloseableHttpClient CLIENT = HttpClients.createDefault();

    @Override
    String call(String url) throws Exception {
      try (CloseableHttpResponse response = CLIENT.execute(new HttpGet(url))) {
        return EntityUtils.toString(response.getEntity());
      }
    }

    @Override
    InputStream open(String url) throws Exception {
      return CLIENT.execute(new HttpGet(url)).getEntity().getContent();
    }

    /** This client has no callbacks: another thread waits. */
    @Override
    String later(String url) {
      try {
        return CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return call(url);
                  } catch (RuntimeException e) {
                    throw e;
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                })
            .join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }
  }

  @Scenario(libraries = {"newest", "apache-4.3.6"})
  void aCallAfterTheStopIsNotSent(Setting setting) {
    moments.beforeACall(setting);
  }

  @Scenario(libraries = {"newest", "apache-4.3.6"})
  void aBlockingCallThatWaitsIsAborted(Setting setting) {
    moments.whileNothingArrives(setting, "call");
  }

  @Scenario(libraries = {"newest", "apache-4.3.6"})
  void aCallOnAnotherThreadIsAborted(Setting setting) {
    moments.whileNothingArrives(setting, "later");
  }

  @Scenario(libraries = {"newest", "apache-4.3.6"})
  void aStreamThatStallsIsAborted(Setting setting) {
    moments.whileTheBodyStalls(setting);
  }

  @Scenario(libraries = {"newest", "apache-4.3.6"})
  void aStreamThatFlowsIsAborted(Setting setting) {
    moments.whileChunksArrive(setting);
  }
}
