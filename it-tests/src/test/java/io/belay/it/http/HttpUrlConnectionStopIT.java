package io.belay.it.http;

import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** {@code HttpURLConnection}. */
class HttpUrlConnectionStopIT {
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
    private static HttpURLConnection get(String url) throws IOException {
      return (HttpURLConnection) URI.create(url).toURL().openConnection();
    }

    @Override
    String call(String url) throws Exception {
      HttpURLConnection connection = get(url);
      if (connection.getResponseCode() != 200) {
        throw new IllegalStateException("status " + connection.getResponseCode());
      }
      try (InputStream body = connection.getInputStream()) {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
      }
    }

    @Override
    InputStream open(String url) throws Exception {
      return get(url).getInputStream();
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

  @Scenario
  void aCallAfterTheStopIsNotSent(Setting setting) {
    moments.beforeACall(setting);
  }

  @Scenario
  void aBlockingCallThatWaitsIsAborted(Setting setting) {
    moments.whileNothingArrives(setting, "call");
  }

  @Scenario
  void aFutureThatWaitsIsAborted(Setting setting) {
    moments.whileNothingArrives(setting, "later");
  }

  @Scenario
  void aStreamThatStallsIsAborted(Setting setting) {
    moments.whileTheBodyStalls(setting);
  }

  @Scenario
  void aStreamThatFlowsIsAborted(Setting setting) {
    moments.whileChunksArrive(setting);
  }
}
