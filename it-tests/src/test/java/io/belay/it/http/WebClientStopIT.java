package io.belay.it.http;

import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * Spring's WebClient on Reactor Netty: 5.3, 6.2 and 7. It wraps what fails before an answer has
 * begun. Nobody is woken here, so that whoever waits is freed by the call's own error or not at
 * all.
 */
class WebClientStopIT {
  private static final String SPRING_5 = "reactor-2020";
  private static final String SPRING_7 = "spring-web-7";
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
    private static final WebClient CLIENT = WebClient.create();

    @Override
    String call(String url) {
      return Objects.requireNonNull(
          CLIENT
              .get()
              .uri(url)
              .retrieve()
              .bodyToMono(String.class)
              .onErrorMap(WebClientRequestException.class, Throwable::getCause)
              .block());
    }

    @Override
    InputStream open(String url) {
      return FluxStream.of(
          CLIENT
              .get()
              .uri(url)
              .accept(MediaType.TEXT_EVENT_STREAM)
              .retrieve()
              .bodyToFlux(String.class)
              .map(event -> ("data: " + event + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    String later(String url) {
      return Later.of(
          CLIENT
              .get()
              .uri(url)
              .retrieve()
              .bodyToMono(String.class)
              .onErrorMap(WebClientRequestException.class, Throwable::getCause)
              .toFuture());
    }
  }

  @Scenario(libraries = {"newest", SPRING_5, SPRING_7})
  void aCallAfterTheStopIsNotSent(Setting setting) {
    moments.beforeACall(setting);
  }

  @Scenario(libraries = {"newest", SPRING_5, SPRING_7})
  void aBlockedCallIsAborted(Setting setting) {
    moments.whileNothingArrives(setting, "call");
  }

  @Scenario(libraries = {"newest", SPRING_5, SPRING_7})
  void aFutureThatWaitsIsAborted(Setting setting) {
    moments.whileNothingArrives(setting, "later");
  }

  @Scenario(libraries = {"newest", SPRING_5, SPRING_7})
  void aStreamThatStallsIsAborted(Setting setting) {
    moments.whileTheBodyStalls(setting);
  }

  @Scenario(libraries = {"newest", SPRING_5, SPRING_7})
  void aStreamThatFlowsIsAborted(Setting setting) {
    moments.whileChunksArrive(setting);
  }
}
