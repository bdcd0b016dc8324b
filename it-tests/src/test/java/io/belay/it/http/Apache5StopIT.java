package io.belay.it.http;

import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Apache HttpClient 5, classic. */
class Apache5StopIT {
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
    @SuppressWarnings("deprecation") // The way that all versions have.
    String call(String url) throws Exception {
      try (CloseableHttpResponse response = CLIENT.execute(new HttpGet(url))) {
        return EntityUtils.toString(response.getEntity());
      }
    }

    /** With a request that cannot be cancelled. */
    @Override
    @SuppressWarnings("deprecation")
    InputStream open(String url) throws Exception {
      return CLIENT
          .execute((HttpHost) null, ClassicRequestBuilder.get(url).build())
          .getEntity()
          .getContent();
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

  @Scenario(libraries = {"newest", "apache-5.0.4"})
  void aCallAfterTheStopIsNotSent(Setting setting) {
    moments.beforeACall(setting);
  }

  @Scenario(libraries = {"newest", "apache-5.0.4"})
  void aBlockingCallThatWaitsIsAborted(Setting setting) {
    moments.whileNothingArrives(setting, "call");
  }

  @Scenario(libraries = {"newest", "apache-5.0.4"})
  void aCallOnAnotherThreadIsAborted(Setting setting) {
    moments.whileNothingArrives(setting, "later");
  }

  @Scenario(libraries = {"newest", "apache-5.0.4"})
  void aStreamThatStallsIsAborted(Setting setting) {
    moments.whileTheBodyStalls(setting);
  }

  @Scenario(libraries = {"newest", "apache-5.0.4"})
  void aStreamThatFlowsIsAborted(Setting setting) {
    moments.whileChunksArrive(setting);
  }
}
