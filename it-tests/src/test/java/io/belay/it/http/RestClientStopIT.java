package io.belay.it.http;

import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.JettyClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Spring's RestClient over each client that it can be given. */
class RestClientStopIT {
  private static final List<Class<? extends HttpApp>> CLIENTS =
      List.of(
          OverJdk.class,
          OverUrlConnection.class,
          OverApache.class,
          OverJetty.class,
          OverReactor.class);
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  abstract static class Rest extends HttpApp {
    private final RestClient client;

    Rest(ClientHttpRequestFactory factory) {
      client = RestClient.builder().requestFactory(factory).build();
    }

    @Override
    String call(String url) {
      return Objects.requireNonNull(client.get().uri(url).retrieve().body(String.class));
    }

    @Override
    InputStream open(String url) {
      return Objects.requireNonNull(
          client.get().uri(url).exchange((request, response) -> response.getBody(), false));
    }

    @Override
    String later(String url) {
      return Later.of(CompletableFuture.supplyAsync(() -> call(url)));
    }
  }

  static final class OverJdk extends Rest {
    OverJdk() {
      super(new JdkClientHttpRequestFactory());
    }
  }

  static final class OverUrlConnection extends Rest {
    OverUrlConnection() {
      super(new SimpleClientHttpRequestFactory());
    }
  }

  static final class OverApache extends Rest {
    private static final HttpComponentsClientHttpRequestFactory FACTORY =
        new HttpComponentsClientHttpRequestFactory();

    OverApache() {
      super(FACTORY);
    }
  }

  static final class OverJetty extends Rest {
    private static final JettyClientHttpRequestFactory FACTORY =
        new JettyClientHttpRequestFactory();

    OverJetty() {
      super(FACTORY);
    }
  }

  static final class OverReactor extends Rest {
    private static final ReactorClientHttpRequestFactory FACTORY =
        new ReactorClientHttpRequestFactory();

    OverReactor() {
      super(FACTORY);
    }
  }

  @Scenario
  void aCallAfterTheStopIsNotSent(Setting setting) {
    for (Class<? extends HttpApp> client : CLIENTS) {
      new Moments(provider, client).beforeACall(setting);
    }
  }

  @Scenario
  void aCallThatWaitsIsAborted(Setting setting) {
    for (Class<? extends HttpApp> client : CLIENTS) {
      new Moments(provider, client).whileNothingArrives(setting, "call");
    }
  }

  @Scenario
  void aStreamThatStallsIsAborted(Setting setting) {
    for (Class<? extends HttpApp> client : CLIENTS.subList(0, 4)) {
      new Moments(provider, client).whileTheBodyStalls(setting);
    }
  }
}
