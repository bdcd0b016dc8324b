package io.belay.it.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Servers of the official MCP SDK whose client takes a call back. */
class McpServerIT {
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  private static List<McpClient> clients(Jvm jvm) {
    String[] ports = jvm.serve(McpServerApp.class, Tls.keyStore()).result().split(" ");
    return List.of(
        McpClient.http(Integer.parseInt(ports[0])), McpClient.streams(Integer.parseInt(ports[1])));
  }

  private static String url(String key) {
    return provider.url(key) + "/v1";
  }

  @Scenario(libraries = {"mcp-2.1.0", "mcp-0.16.0"})
  void aCallThatIsCancelledIsStopped(Setting setting) {
    Jvm control = setting.withoutBelay();
    for (McpClient client : clients(control)) {
      String key = Setting.unique("control");
      client.begin();
      client.call(7, key, url(key));
      Arrival first = provider.await(key);
      client.cancel(7);
      first.answer(200, "application/json", "{}");
      Await.until("the tool goes on", () -> provider.requests(key) == 2);
      assertFalse(first.clientLeft());
      provider.arrivals(key).get(1).answer(200, "application/json", "{}");
      control.awaitMoment(key, "over");
      client.close();
    }
    Jvm belay = setting.withBelay();
    for (McpClient client : clients(belay)) {
      stops(belay, client);
      client.close();
    }
  }

  private static void stops(Jvm belay, McpClient client) {
    String key = Setting.unique("cancelled");
    String other = Setting.unique("other");
    client.begin();
    client.call(7, key, url(key));
    client.call(8, other, url(other));
    Arrival call = provider.await(key);
    Arrival stays = provider.await(other);
    client.cancel(7);
    assertTrue(call.awaitClientLeft());
    belay.awaitMoment(key, "RunStoppedException 1");
    belay.awaitMoment(key, "RunStoppedException 2");
    belay.awaitMoment(key, "over");
    assertEquals(1, provider.requests(key));
    JsonNode stop = stopOf(belay, "changed my mind", client.toString());
    assertEquals("USER", stop.path("reason").asText());
    assertEquals("a client of mcp-server", stop.path("by").asText());

    stays.answer(200, "application/json", "{}");
    Await.until("the other call goes on", () -> provider.requests(other) == 2);
    client.cancel(9); // There is none.
    provider.arrivals(other).get(1).answer(200, "application/json", "{}");
    belay.awaitMoment(other, "over");
  }

  /** Of the run that was stopped last. */
  private static JsonNode stopOf(Jvm belay, String text, String what) {
    List<JsonNode> stops = new ArrayList<>();
    for (JsonNode run : belay.control().get("/runs?status=stopped,stopping")) {
      JsonNode stop = belay.control().report(run.path("id").asText()).path("stop");
      if (stop.path("text").asText().equals(text)) {
        stops.add(stop);
      }
    }
    assertFalse(stops.isEmpty(), what);
    return stops.get(stops.size() - 1);
  }
}
