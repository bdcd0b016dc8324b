package io.belay.it.http;

import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The JDK's {@code HttpClient}. */
class JavaHttpClientStopIT {
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
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static HttpRequest get(String url) {
      return HttpRequest.newBuilder(URI.create(url)).build();
    }

    @Override
    String call(String url) throws Exception {
      return CLIENT.send(get(url), BodyHandlers.ofString()).body();
    }

    @Override
    InputStream open(String url) throws Exception {
      return CLIENT.send(get(url), BodyHandlers.ofInputStream()).body();
    }

    @Override
    String later(String url) {
      try {
        return CLIENT
            .sendAsync(get(url), BodyHandlers.ofString())
            .thenApply(response -> response.body())
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
