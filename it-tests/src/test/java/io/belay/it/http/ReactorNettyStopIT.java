package io.belay.it.http;

import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import reactor.netty.http.client.HttpClient;

/**
 * Reactor Netty's client by itself. Nobody is woken here, so that whoever waits is freed by the
 * call's own error or not at all.
 */
class ReactorNettyStopIT {
  private static final String OLDEST = "reactor-2020";
  private static Provider provider;
  private final Moments moments = new Moments(provider, Client.class, "belay.stop.wake=false");

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  static final class Client extends HttpApp {
    private static final HttpClient CLIENT = HttpClient.create();

    @Override
    String call(String url) {
      return Objects.requireNonNull(
          CLIENT.get().uri(url).responseContent().aggregate().asString().block());
    }

    @Override
    InputStream open(String url) {
      return FluxStream.of(CLIENT.get().uri(url).responseContent().asByteArray());
    }

    @Override
    String later(String url) {
      return Later.of(CLIENT.get().uri(url).responseContent().aggregate().asString().toFuture());
    }
  }

  @Scenario(libraries = {"newest", OLDEST})
  void aCallAfterTheStopIsNotSent(Setting setting) {
    moments.beforeACall(setting);
  }

  @Scenario(libraries = {"newest", OLDEST})
  void aBlockedCallIsAborted(Setting setting) {
    moments.whileNothingArrives(setting, "call");
  }

  @Scenario(libraries = {"newest", OLDEST})
  void aFutureThatWaitsIsAborted(Setting setting) {
    moments.whileNothingArrives(setting, "later");
  }

  @Scenario(libraries = {"newest", OLDEST})
  void aStreamThatStallsIsAborted(Setting setting) {
    moments.whileTheBodyStalls(setting);
  }

  @Scenario(libraries = {"newest", OLDEST})
  void aStreamThatFlowsIsAborted(Setting setting) {
    moments.whileChunksArrive(setting);
  }
}
