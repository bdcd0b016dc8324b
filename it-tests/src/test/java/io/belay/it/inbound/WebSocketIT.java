package io.belay.it.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.App;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A WebSocket's run is its handshake's and lasts as long; its messages are runs below it. */
class WebSocketIT {
  private static final String[] OPTIONS = {"belay.run.http.id-from=header:X-Run-Id"};
  private static Provider provider;

  private Jvm belay;
  private int port;
  private String server;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  @Scenario(libraries = {"tomcat-10.1.61", "tomcat-11.0.27"})
  void messagesAreRunsOfTheirConnection(Setting setting) throws Exception {
    holds(setting, TomcatSocketApp.class, "done");
  }

  @Scenario(libraries = "webflux-7.0.10")
  void thoseOfWebFluxToo(Setting setting) throws Exception {
    holds(setting, WebFluxSocketApp.class, "disturbed"); // It cancels, which interrupts.
  }

  private void holds(Setting setting, Class<? extends App> app, String left) throws Exception {
    server = setting.libraries();
    withoutBelayACallOutlivesItsClient(setting, app);
    belay = setting.withBelay(OPTIONS);
    port = start(belay, app);
    aMessageIsARunBelowTheConnections();
    theApplicationMayCloseIt();
    aClientThatLeavesStopsWhatAModelIsAskedFor();
    anOrdinaryMessageGoesOnAsWithoutBelay(left);
    whoeverStopsAMessageLeavesTheConnection();
    whoeverStopsTheConnectionClosesIt();
  }

  private static int start(Jvm jvm, Class<? extends App> app) {
    return Integer.parseInt(jvm.serve(app, Tls.keyStore()).result().split(" ")[0]);
  }

  private static String chat(String key) {
    return "/chat?" + key + "&" + provider.url(key) + "/v1";
  }

  private static void withoutBelayACallOutlivesItsClient(
      Setting setting, Class<? extends App> app) {
    Jvm control = setting.withoutBelay();
    String key = Setting.unique("control");
    SocketClient client = new SocketClient(start(control, app), key);
    client.send(chat(key));
    Arrival call = provider.await(key);
    client.abort();
    assertFalse(call.clientLeft());
    call.answer(200, "application/json", "{}");
    control.awaitMoment(key, "answered");
  }

  private void aMessageIsARunBelowTheConnections() throws Exception {
    String run = Setting.unique("socket");
    SocketClient client = new SocketClient(port, run);
    assertEquals("hello", client.send("/a").read(), server);
    assertEquals("hello", client.send("/later/a").read(), server);
    assertEquals("running", belay.control().run(run).path("status").asText(), server);
    client.close();
    assertEquals(1000, client.closed());
    awaitEnd(run, "completed");
    List<JsonNode> messages = below(run);
    assertEquals(2, messages.size(), server);
    for (JsonNode message : messages) {
      String status = belay.control().over(message.path("id").asText()).path("status").asText();
      assertEquals("completed", status, server);
      assertEquals(SocketPart.PATH, message.path("name").asText(), server);
    }
  }

  private void theApplicationMayCloseIt() throws Exception {
    String run = Setting.unique("closed");
    SocketClient client = new SocketClient(port, run).send("close");
    assertEquals(1000, client.closed());
    awaitEnd(run, "completed");
  }

  private void aClientThatLeavesStopsWhatAModelIsAskedFor() {
    for (String way : List.of("", "/later")) {
      for (boolean says : List.of(true, false)) {
        String run = Setting.unique("left");
        SocketClient client = new SocketClient(port, run).send(way + chat(run));
        Arrival call = provider.await(run);
        if (says) {
          client.close(); // Which the server does not read while it waits for the model.
          assertLeftIfItsConnectionIsClosed(client);
        } else {
          client.abort();
        }
        String what = server + ' ' + way + ' ' + says;
        assertTrue(call.awaitClientLeft(), what);
        JsonNode stop = belay.control().report(run).path("stop");
        assertEquals("DISCONNECT", stop.path("reason").asText(), what);
        assertFalse(belay.reached(run, "answered"), what);
      }
    }
  }

  private static void assertLeftIfItsConnectionIsClosed(SocketClient client) {
    client.abort(); // As a browser does that has waited for the answer to its farewell.
  }

  private void anOrdinaryMessageGoesOnAsWithoutBelay(String left) {
    String run = Setting.unique("ordinary");
    SocketClient client = new SocketClient(port, run).send("/work?" + run);
    belay.awaitMoment(run, "working");
    client.abort();
    aClientThatLeavesStopsWhatAModelIsAskedFor();
    assertEquals("running", belay.control().run(run).path("status").asText(), server);
    belay.cue(run, "go on");
    belay.awaitMoment(run, left);
    awaitEnd(run, "completed");
  }

  private void whoeverStopsAMessageLeavesTheConnection() throws Exception {
    String run = Setting.unique("message");
    SocketClient client = new SocketClient(port, run).send(chat(run));
    Arrival call = provider.await(run);
    belay.stop(below(run).get(0).path("id").asText());
    assertTrue(call.awaitClientLeft(), server);
    assertEquals("hello", client.send("/a").read(), server);
    assertEquals("running", belay.control().run(run).path("status").asText(), server);
    client.close();
    awaitEnd(run, "completed");
  }

  private void whoeverStopsTheConnectionClosesIt() throws Exception {
    String idle = Setting.unique("idle");
    SocketClient silent = new SocketClient(port, idle);
    assertEquals("hello", silent.send("/a").read(), server);
    belay.stop(idle);
    assertEquals(1008, silent.closed(), server);
    awaitEnd(idle, "stopped");

    String run = Setting.unique("busy");
    SocketClient client = new SocketClient(port, run).send(chat(run));
    Arrival call = provider.await(run);
    belay.stop(run);
    assertTrue(call.awaitClientLeft(), server);
    assertEquals(1008, client.closed(), server);
    assertFalse(belay.reached(run, "answered"), server);
  }

  private void awaitEnd(String run, String status) {
    assertEquals(status, belay.control().over(run).path("status").asText(), server);
  }

  private List<JsonNode> below(String run) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode each : belay.control().get("/runs?parent=" + run)) {
      if (each.path("parent").asText().equals(run)) {
        found.add(each);
      }
    }
    return found;
  }
}
