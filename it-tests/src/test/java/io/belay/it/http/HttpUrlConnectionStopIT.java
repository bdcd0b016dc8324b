package io.belay.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.belay.it.harness.App;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Script;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

  /** Asks for the status and no more, as health checks and webhooks do; keeps the connection. */
  static final class Pinging implements App {
    private static final List<HttpURLConnection> KEPT = new ArrayList<>();

    @Override
    public String run(String... args) throws Exception {
      HttpURLConnection connection = Client.get(args[1] + "/ping");
      if (args[0].equals("POST")) {
        connection.setDoOutput(true);
        connection.getOutputStream().write('x');
      }
      String status = "" + connection.getResponseCode();
      synchronized (KEPT) {
        KEPT.add(connection);
      }
      Script.tell(args[2], "answered");
      if (args[0].equals("disconnect")) {
        connection.disconnect();
        Script.tell(args[2], "disconnected");
        Script.await(args[2], "go on");
      }
      return status;
    }
  }

  @Scenario
  void aRunEndsAlthoughAnAnswerWasNotRead(Setting setting) {
    for (String what : List.of("GET", "POST")) {
      String control = Setting.unique("control");
      Work untouched = ping(setting.withoutBelay(), what, control);
      provider.await(control).answer(200, "text/plain", "pong");
      assertEquals("200", untouched.result());

      String run = Setting.unique("unread");
      Jvm belay = setting.withBelay();
      Work work = ping(belay, what, run);
      provider.await(run).answer(200, "text/plain", "pong");
      assertEquals("200", work.result());
      assertEquals("completed", belay.control().over(run).path("status").asText());
    }
  }

  @Scenario
  void disconnectingEndsACallWhoseAnswerWasNotRead(Setting setting) {
    String run = Setting.unique("disconnected");
    Jvm belay = setting.withBelay();
    Work work = ping(belay, "disconnect", run);
    provider.await(run).answer(200, "text/plain", "pong");
    belay.awaitMoment(run, "disconnected");
    Await.until("nothing is in flight", () -> belay.control().run(run).path("inFlight").isEmpty());
    belay.cue(run, "go on");
    assertEquals("200", work.result());
  }

  private static Work ping(Jvm jvm, String what, String key) {
    return jvm.start(Pinging.class, key, what, provider.url(key), key);
  }
}
