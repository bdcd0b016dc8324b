package io.belay.it.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Setting;
import java.util.List;

/**
 * Requests whose client leaves, and requests whose client does not. One scenario has many checks,
 * since a server is started for each.
 */
final class Departures {
  /** Its threads use what Java 25 warns of, with and without Belay. */
  private static final String UNDERTOW_ON_25 =
      "WARNING: .*(sun\\.misc\\.Unsafe|org\\.jboss\\.threads).*";

  private static final String[] OPTIONS = {
    "belay.run.http.id-from=header:X-Run-Id,path:/named/{id}/**,query:session",
    "belay.run.http.on-disconnect=stop=/always/**,grace(1s)=/jobs/**,continue=/hooks/**",
    "belay.runs.keep=20000"
  };
  private final Provider provider;
  private Jvm belay;
  private int linesBefore;
  private Server server;
  private int port;

  Departures(Provider provider) {
    this.provider = provider;
  }

  void endTheirRuns(Setting setting, Server tested) {
    server = tested;
    withoutBelayTheCallGoesOn(setting);
    belay = setting.withBelay(OPTIONS);
    belay.expectLog(UNDERTOW_ON_25);
    linesBefore = belay.stderr().size(); // Of another server in the same JVM.
    Server.Ports ports = server.start(belay);
    port = ports.plain();
    aClientThatLeavesStopsTheRunThatTalksToAModelForIt();
    soDoesOneThatIsAnsweredLaterOrInPieces();
    new Protocols(provider, belay, server, ports).everyWayToLeaveIsNoticed();
    anOrdinaryRequestGoesOn();
    whatTheRouteSaysCounts();
    if (server.accepts()) {
      whatAnAnswerLeavesBehindGoesOn();
    }
    aStoppedRequestIsToldSoHoweverItIsAnswered();
    idsComeFromWhereTheConfigurationSays();
    nobodyIsStoppedWhoseClientStays();
  }

  private String chat(String key) {
    return "/chat?" + key + "&" + provider.url(key) + "/v1\nX-Run-Id: " + key;
  }

  private void withoutBelayTheCallGoesOn(Setting setting) {
    Jvm control = setting.withoutBelay();
    control.expectLog(UNDERTOW_ON_25);
    Server.Ports ports = server.start(control);
    int controlPort = ports.plain();
    String ordinary = Setting.unique("ordinary");
    Client left = new Client(controlPort).send("/work?" + ordinary);
    control.awaitMoment(ordinary, "working");
    left.leave(Client.Leaving.CLOSE);
    for (Client.Leaving how : Client.Leaving.values()) {
      String key = Setting.unique("control");
      Client gone = new Client(controlPort).send(chat(key));
      Arrival call = provider.await(key);
      gone.leave(how);
      if (server.endsCallsByItself()) {
        gone.close();
        continue;
      }
      assertFalse(call.clientLeft());
      call.answer(200, "application/json", "{}");
      control.awaitMoment(key, "answered");
      gone.close();
    }
    Protocols.goesOnWithout(provider, control, server, ports);
    control.cue(ordinary, "go on");
    control.awaitMoment(ordinary, server.ordinary());
  }

  private void aClientThatLeavesStopsTheRunThatTalksToAModelForIt() {
    for (Client.Leaving how : Client.Leaving.values()) {
      String run = Setting.unique("left");
      Client client = new Client(port).send(chat(run));
      Arrival call = provider.await(run);
      client.leave(how);
      assertStoppedByLeaving(run, call, server + " " + how);
      assertEquals(1, provider.requests(run));
      assertFalse(belay.reached(run, "answered"));
      client.close();
    }
  }

  private void soDoesOneThatIsAnsweredLaterOrInPieces() {
    for (String way : server.ways()) {
      String run = Setting.unique("later");
      // Pipelined, so that something of the client's is unread when it leaves.
      Client client = new Client(port).send(way + chat(run), "/a");
      Arrival call = provider.await(run);
      client.leave(Client.Leaving.CLOSE);
      assertStoppedByLeaving(run, call, server + " " + way);
    }
  }

  private void assertStoppedByLeaving(String run, Arrival call, String what) {
    assertTrue(call.awaitClientLeft(), what);
    JsonNode stop = belay.control().report(run).path("stop");
    assertEquals("DISCONNECT", stop.path("reason").asText(), what);
    assertTrue(stop.path("by").asText().startsWith("127.0.0.1:"), what);
  }

  private void anOrdinaryRequestGoesOn() {
    String ordinary = Setting.unique("ordinary");
    Client client = new Client(port).send("/work?" + ordinary + "\nX-Run-Id: " + ordinary);
    belay.awaitMoment(ordinary, "working");
    client.leave(Client.Leaving.CLOSE);
    anotherClientLeaves();
    assertEquals("running", belay.control().run(ordinary).path("status").asText());
    belay.cue(ordinary, "go on");
    belay.awaitMoment(ordinary, server.ordinary());
  }

  /** And is noticed: so much time has passed then as it takes to notice one. */
  private void anotherClientLeaves() {
    String run = Setting.unique("left-after");
    Client later = new Client(port).send(chat(run));
    Arrival call = provider.await(run);
    later.leave(Client.Leaving.CLOSE);
    assertTrue(call.awaitClientLeft());
  }

  private void whatTheRouteSaysCounts() {
    String always = Setting.unique("always");
    Client left = new Client(port).send("/always/wait?" + always + "\nX-Run-Id: " + always);
    belay.awaitMoment(always, "waiting");
    left.leave(Client.Leaving.CLOSE);

    String hook = Setting.unique("hook");
    Client gone = new Client(port).send("/hooks" + chat(hook));
    Arrival call = provider.await(hook);
    gone.leave(Client.Leaving.CLOSE);

    String job = Setting.unique("job");
    Client patient = new Client(port).send("/jobs" + chat(job));
    Arrival graced = provider.await(job);
    patient.leave(Client.Leaving.CLOSE);

    belay.control().over(always);
    assertEquals("DISCONNECT", belay.control().report(always).path("stop").path("reason").asText());
    assertTrue(graced.awaitClientLeft());
    assertFalse(call.clientLeft());
    call.answer(200, "application/json", "{}");
    belay.awaitMoment(hook, "answered");
  }

  /** What a 202 has left behind is the request's run's, and nobody waits for it. */
  private void whatAnAnswerLeavesBehindGoesOn() {
    String work = Setting.unique("left-behind");
    Client client = new Client(port).send("/hooks/accept" + chat(work));
    assertEquals(202, client.read().status());
    Arrival call = provider.await(work);
    client.leave(Client.Leaving.CLOSE);
    anotherClientLeaves();
    assertFalse(call.clientLeft());
    assertEquals("running", belay.control().run(work).path("status").asText());
    call.answer(200, "application/json", "{}");
    belay.awaitMoment(work, "answered");
    assertEquals("completed", belay.control().over(work).path("status").asText());
  }

  private void aStoppedRequestIsToldSoHoweverItIsAnswered() {
    for (String way : server.ways("")) {
      String run = Setting.unique("told");
      try (Client client = new Client(port).send(way + chat(run))) {
        provider.await(run);
        belay.stop(run);
        Client.Answer answer = client.read();
        String what = server + " " + way + ": " + answer;
        if (List.of("/stream", "/emit").contains(way)) {
          assertEquals(200, answer.status(), what);
          assertTrue(
              answer.body().matches("(?s)data: ?begun\n\nevent: stopped\ndata: \\{.*"), what);
          assertTrue(answer.body().contains("\"runId\":\"" + run), what);
        } else {
          assertEquals(499, answer.status(), what);
          assertEquals(run, answer.headers().get("belay-run-id"), what);
          assertTrue(answer.body().startsWith("{\"status\":\"stopped\""), what);
        }
        if (!"close".equals(answer.headers().get("connection"))) {
          client.send("/a");
          assertEquals("hello", client.read().body(), what);
        }
      }
    }
    List<String> errors =
        belay.stderr().stream().skip(linesBefore).filter(l -> l.matches(server.errors())).toList();
    assertEquals(List.of(), errors);
  }

  private void idsComeFromWhereTheConfigurationSays() {
    try (Client client = new Client(port)) {
      client.send("/named/n-" + port + "/a", "/a?x=1&session=s-" + port, "/a");
      assertEquals("n-" + port, client.read().headers().get("belay-run-id"));
      assertEquals("s-" + port, client.read().headers().get("belay-run-id"));
      assertEquals(26, client.read().headers().get("belay-run-id").length());
    }
  }

  private void nobodyIsStoppedWhoseClientStays() {
    new Stayers(provider, belay, port).nobodyIsStopped();
  }
}
