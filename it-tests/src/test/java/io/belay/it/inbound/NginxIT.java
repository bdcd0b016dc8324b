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

  @Scenario
  void aClientThatLeavesTheProxyStopsItsRun(Setting setting) throws IOException {
    if (!Nginx.isInstalled()) {
      System.err.println("NO NGINX HERE: not tried how a server behind a proxy stops");
      return;
    }
    Server server = Server.of(setting);
    Jvm control = setting.withoutBelay();
    try (Nginx nginx = new Nginx(server.start(control).plain())) {
      String run = Setting.unique("proxied-control");
      Client client = new Client(nginx.port()).send(chat("", run));
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
          stops(belay, nginx, way, how);
        }
      }
      aProxyThatHidesWhoLeavesKeepsTheRun(belay, nginx);
      aStoppedRequestIsToldSo(belay, nginx);
      anEventStreamComesInPieces(belay, nginx);
    }
  }

  private static void stops(Jvm belay, Nginx nginx, String way, Client.Leaving how) {
    String run = Setting.unique("proxied");
    Client client = new Client(nginx.port()).send(chat(way, run));
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

  private static void aProxyThatHidesWhoLeavesKeepsTheRun(Jvm belay, Nginx nginx) {
    String kept = Setting.unique("kept");
    Client client = new Client(nginx.port()).send(chat("/kept", kept));
    Arrival call = provider.await(kept);
    client.close();
    stops(belay, nginx, "", Client.Leaving.CLOSE); // So much time has passed.
    assertFalse(call.clientLeft());
    call.answer(200, "application/json", "{}");
    belay.awaitMoment(kept, "answered");
  }

  private static void aStoppedRequestIsToldSo(Jvm belay, Nginx nginx) {
    String run = Setting.unique("told");
    try (Client client = new Client(nginx.port()).send(chat("", run))) {
      provider.await(run);
      belay.stop(run);
      Client.Answer answer = client.read();
      assertEquals(499, answer.status(), answer.toString());
      assertTrue(answer.body().startsWith("{\"status\":\"stopped\""), answer.body());
      assertEquals(run, answer.headers().get("belay-run-id"));
    }
  }

  /** What was written is there before the model has answered, and the stream ends with a word. */
  private static void anEventStreamComesInPieces(Jvm belay, Nginx nginx) {
    String run = Setting.unique("streamed");
    try (Client client = new Client(nginx.port()).send(chat("/stream", run))) {
      provider.await(run);
      client.awaitText("data: begun");
      belay.stop(run);
      client.awaitText("event: stopped");
    }
  }

  private static String chat(String way, String key) {
    return way + "/chat?" + key + "&" + provider.url(key) + "/v1\nX-Run-Id: " + key;
  }
}
