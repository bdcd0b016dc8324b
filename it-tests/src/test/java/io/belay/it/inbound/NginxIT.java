package io.belay.it.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * A reverse proxy between the client that leaves and the server: the run ends because the proxy
 * closes its own connection for that. Says so and does nothing where no nginx is installed.
 */
class NginxIT {
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  @Scenario(libraries = {"newest", "jetty-12.1.14"})
  void aClientThatLeavesTheProxyStopsItsRun(Setting setting) throws IOException {
    stopsBehind(provider, setting, Server.of(setting));
  }

  /** A connection that is closed looks to the server as one that is half-closed. */
  @Scenario
  void whereHalfClosedConnectionsAreIgnoredOnlyAResetCounts(Setting setting) throws IOException {
    if (!isInstalled()) {
      return;
    }
    Jvm belay =
        setting.withBelay(
            "belay.run.http.id-from=header:X-Run-Id", "belay.run.http.half-close=ignore");
    int port = Server.of(setting).start(belay).plain();
    try (Nginx nginx = new Nginx(port)) {
      Kept half = new Kept(port, Client.Leaving.HALF_CLOSE);
      Kept closed = new Kept(port, Client.Leaving.CLOSE);
      Kept proxied = new Kept(nginx.port(), Client.Leaving.CLOSE);
      stops(provider, belay, port, "", Client.Leaving.RESET); // So much time has passed.
      for (Kept kept : List.of(half, closed, proxied)) {
        assertFalse(kept.call.clientLeft());
        kept.call.answer(200, "application/json", "{}");
        belay.awaitMoment(kept.run, "answered");
      }
      assertEquals(200, half.client.read().status());
      half.client.close();
    }
  }

  /** A request whose client has left, or seems to have. */
  private static final class Kept {
    final String run = Setting.unique("ignored");
    final Client client;
    final Arrival call;

    Kept(int port, Client.Leaving how) {
      client = new Client(port).send(chat(provider, "", run));
      call = provider.await(run);
      client.leave(how);
    }
  }

  private static boolean isInstalled() {
    if (!Nginx.isInstalled()) {
      System.err.println("NO NGINX HERE: not tried how a server behind a proxy stops");
    }
    return Nginx.isInstalled();
  }

  static void stopsBehind(Provider provider, Setting setting, Server server) throws IOException {
    if (!isInstalled()) {
      return;
    }
    Jvm control = setting.withoutBelay();
    try (Nginx nginx = new Nginx(server.start(control).plain())) {
      String run = Setting.unique("proxied-control");
      Client client = new Client(nginx.port()).send(chat(provider, "", run));
      Arrival call = provider.await(run);
      client.close();
      assertFalse(call.clientLeft());
      call.answer(200, "application/json", "{}");
      control.awaitMoment(run, "answered");
    }
    Jvm belay = setting.withBelay("belay.run.http.id-from=header:X-Run-Id");
    try (Nginx nginx = new Nginx(server.start(belay).plain())) {
      for (String way : server.endings()) {
        for (Client.Leaving how : Client.Leaving.values()) {
          stops(provider, belay, nginx.port(), way, how);
        }
      }
      aProxyThatHidesWhoLeavesKeepsTheRun(provider, belay, nginx);
      aStoppedRequestIsToldSo(provider, belay, nginx);
      anEventStreamComesInPieces(provider, belay, nginx);
    }
  }

  private static void stops(
      Provider provider, Jvm belay, int port, String way, Client.Leaving how) {
    String run = Setting.unique("proxied");
    Client client = new Client(port).send(chat(provider, way, run));
    Arrival call = provider.await(run);
    long left = System.nanoTime();
    client.leave(how);
    assertTrue(call.awaitClientLeft(), way + " " + how);
    System.out.printf(
        "noticed behind nginx: %s %s after %d ms%n",
        way, how, (System.nanoTime() - left) / 1_000_000);
    assertEquals("DISCONNECT", belay.control().report(run).path("stop").path("reason").asText());
    client.close();
  }

  private static void aProxyThatHidesWhoLeavesKeepsTheRun(
      Provider provider, Jvm belay, Nginx nginx) {
    String kept = Setting.unique("kept");
    Client client = new Client(nginx.port()).send(chat(provider, "/kept", kept));
    Arrival call = provider.await(kept);
    client.close();
    stops(provider, belay, nginx.port(), "", Client.Leaving.CLOSE); // So much time has passed.
    assertFalse(call.clientLeft());
    call.answer(200, "application/json", "{}");
    belay.awaitMoment(kept, "answered");
  }

  private static void aStoppedRequestIsToldSo(Provider provider, Jvm belay, Nginx nginx) {
    String run = Setting.unique("told");
    try (Client client = new Client(nginx.port()).send(chat(provider, "", run))) {
      provider.await(run);
      belay.stop(run);
      Client.Answer answer = client.read();
      assertEquals(499, answer.status(), answer.toString());
      assertTrue(answer.body().startsWith("{\"status\":\"stopped\""), answer.body());
      assertEquals(run, answer.headers().get("belay-run-id"));
    }
  }

  /** What was written is there before the model has answered, and the stream ends with a word. */
  private static void anEventStreamComesInPieces(Provider provider, Jvm belay, Nginx nginx) {
    String run = Setting.unique("streamed");
    try (Client client = new Client(nginx.port()).send(chat(provider, "/stream", run))) {
      provider.await(run);
      client.awaitText("data: begun");
      belay.stop(run);
      client.awaitText("event: stopped");
    }
  }

  private static String chat(Provider provider, String way, String key) {
    return way + "/chat?" + key + "&" + provider.url(key) + "/v1\nX-Run-Id: " + key;
  }
}
