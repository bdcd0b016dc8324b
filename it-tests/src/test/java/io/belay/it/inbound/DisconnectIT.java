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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Requests whose client leaves, and requests whose client does not. */
class DisconnectIT {
  private static final String IDS = "belay.run.http.id-from=header:X-Run-Id";
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  static int serve(Jvm jvm, Setting setting) {
    Class<? extends App> app =
        setting.libraries().startsWith("tomcat") ? TomcatApp.class : JdkApp.class;
    return Integer.parseInt(jvm.serve(app).result());
  }

  private static String chat(String key) {
    return "/chat?" + key + "&" + provider.url(key) + "/v1\nX-Run-Id: " + key;
  }

  @Scenario(libraries = {"newest", "tomcat-9.0.123", "tomcat-10.1.61", "tomcat-11.0.27"})
  void aClientThatLeavesStopsTheRunThatTalksToAModelForIt(Setting setting) {
    Jvm control = setting.withoutBelay();
    int controlPort = serve(control, setting);
    Jvm belay = setting.withBelay(IDS);
    int port = serve(belay, setting);
    for (Client.Leaving how : Client.Leaving.values()) {
      String untouched = Setting.unique("control");
      Client gone = new Client(controlPort).send(chat(untouched));
      Arrival unaware = provider.await(untouched);
      gone.leave(how);

      String run = Setting.unique("left");
      Client client = new Client(port).send(chat(run));
      Arrival call = provider.await(run);
      client.leave(how);
      assertTrue(call.awaitClientLeft());
      JsonNode stop = belay.control().report(run).path("stop");
      assertEquals("DISCONNECT", stop.path("reason").asText());
      assertTrue(stop.path("by").asText().startsWith("127.0.0.1:"));
      assertEquals(1, provider.requests(run));
      assertFalse(belay.reached(run, "answered"));

      assertFalse(unaware.clientLeft());
      unaware.answer(200, "application/json", "{}");
      control.awaitMoment(untouched, "answered");
      gone.close();
      client.close();
    }
  }

  @Scenario(libraries = {"newest", "tomcat-11.0.27"})
  void anAgentsRequestThatIsAnsweredLaterIsWatchedToo(Setting setting) {
    Jvm belay = setting.withBelay(IDS);
    int port = serve(belay, setting);
    String run = Setting.unique("later");
    Client client = new Client(port).send("/later" + chat(run));
    Arrival call = provider.await(run);
    client.leave(Client.Leaving.CLOSE);
    assertTrue(call.awaitClientLeft());
    JsonNode stop = belay.control().report(run).path("stop");
    assertEquals("DISCONNECT", stop.path("reason").asText());
    belay.expectLog(".*");
  }

  @Scenario(libraries = {"newest", "tomcat-9.0.123", "tomcat-10.1.61", "tomcat-11.0.27"})
  void anOrdinaryRequestGoesOnAlthoughItsClientHasLeft(Setting setting) {
    Jvm belay = setting.withBelay(IDS);
    int port = serve(belay, setting);
    String ordinary = Setting.unique("ordinary");
    Client client = new Client(port).send("/work?" + ordinary + "\nX-Run-Id: " + ordinary);
    belay.awaitMoment(ordinary, "working");
    client.leave(Client.Leaving.CLOSE);

    String run = Setting.unique("left-after");
    Client later = new Client(port).send(chat(run));
    Arrival call = provider.await(run);
    later.leave(Client.Leaving.CLOSE);
    assertTrue(call.awaitClientLeft());

    assertEquals("running", belay.control().run(ordinary).path("status").asText());
    belay.cue(ordinary, "go on");
    belay.awaitMoment(ordinary, "done");
  }

  @Scenario(libraries = {"newest", "tomcat-9.0.123", "tomcat-10.1.61", "tomcat-11.0.27"})
  void nobodyIsStoppedWhoseClientStays(Setting setting) {
    int rounds = Integer.getInteger("it.requests", 400) / 8;
    Jvm belay =
        setting.withBelay(IDS, "belay.run.http.on-disconnect=always", "belay.runs.keep=20000");
    int port = serve(belay, setting);
    for (int i = 0; i < rounds; i++) {
      try (Client client = new Client(port)) {
        client.send("/a");
        assertEquals("hello", client.read().body());
        client.send("/b", "/c", "/large", "/d", "/large", "/e");
        for (int answers = 0; answers < 6; answers++) {
          assertEquals(200, client.read().status());
        }
        client.send("/f");
        assertEquals("hello", client.read().body());
      }
    }
    JsonNode runs = belay.control().get("/runs");
    assertEquals(0, runs.findValuesAsText("reason").stream().filter("DISCONNECT"::equals).count());
    assertTrue(
        StreamSupport.stream(runs.findValues("status").spliterator(), false).count()
            >= rounds * 8L);
  }

  @Scenario(libraries = {"newest", "tomcat-9.0.123", "tomcat-10.1.61", "tomcat-11.0.27"})
  void aStoppedRequestIsAnswered499InPlaceOf500(Setting setting) {
    Jvm belay = setting.withBelay(IDS);
    int port = serve(belay, setting);
    String run = Setting.unique("stopped");
    try (Client client = new Client(port).send(chat(run))) {
      provider.await(run);
      belay.stop(run);
      Client.Answer answer = client.read();
      assertEquals(499, answer.status());
      assertEquals(run, answer.headers().get("belay-run-id"));
      assertTrue(answer.body().startsWith("{\"status\":\"stopped\""));
      assertTrue(belay.stderr().stream().noneMatch(line -> line.contains("SEVERE")));
    }
  }
}
