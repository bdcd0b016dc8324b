package io.belay.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Program;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Belay comes into a web application under load, does its work, and goes again. */
class AttachIT {
  private static final String ID = "run.http.id-from=query:run";
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
  void attachedAndDetachedUnderLoadItFailsNoRequest(Setting setting) {
    String key = Setting.unique("load");
    provider.answering(key, call -> call.answer(200, "text/plain", "ok"));
    Jvm jvm = setting.withoutBelay("-XX:+EnableDynamicAgentLoading", "-Dit.attached=" + key);
    BelayCommand cli = BelayCommand.on(setting);
    String port = jvm.serve(Busy.Start.class, provider.url(key)).result();
    Work load = jvm.startOutside(Busy.Load.class, port);
    jvm.awaitMoment(Busy.KEY, "served 20"); // OkHttp, H2 and Tomcat are loaded and in use.
    served(jvm, "before");

    String attached = cli.text("attach", jvm.pid(), ID);
    assertEquals("attached to JVM " + jvm.pid(), attached);
    served(jvm, "attached");
    aCallOfAClientThatWasThereBeforeIsEnded(jvm, cli, port);
    aCommitOfAConnectionThatWasOpenBeforeIsRolledBack(jvm, cli, port);
    assertTrue(cli.text("doctor", jvm.pid()).contains("attached while running"));

    assertEquals(
        "Belay is attached already, with these settings", cli.text("attach", jvm.pid(), ID));
    assertEquals("log.level is ERROR now", cli.text("attach", jvm.pid(), "log.level=error"));
    Program.Ended fixed = cli.run("attach", jvm.pid(), "budget.llm-calls=3");
    assertEquals(1, fixed.status(), fixed::toString);
    assertTrue(fixed.stderr().toString().contains("budget.llm-calls cannot be changed"));

    String frozen = Setting.unique("frozen");
    Work open = jvm.startOutside(Busy.One.class, port, "run=" + frozen + "&url=" + url(frozen));
    Arrival arrival = provider.await(frozen);
    assertTrue(cli.text("attach", jvm.pid(), "enabled=false").startsWith("detached: "));
    arrival.answer(200, "text/plain", "late");
    assertEquals("200 ok", open.result()); // It was let go of in the middle of its call.
    served(jvm, "detached");
    Program.Ended gone = cli.run("runs", jvm.pid());
    assertEquals(1, gone.status(), gone::toString);
    noThreadOfBelayLives(jvm);

    cli.text("attach", jvm.pid(), ID);
    aCallOfAClientThatWasThereBeforeIsEnded(jvm, cli, port);
    cli.text("attach", jvm.pid(), "enabled=false");
    jvm.cue(Busy.KEY, "end");
    assertEquals("", load.result());
  }

  private static void aCallOfAClientThatWasThereBeforeIsEnded(
      Jvm jvm, BelayCommand cli, String port) {
    String run = Setting.unique("call");
    Work request = jvm.startOutside(Busy.One.class, port, "run=" + run + "&url=" + url(run));
    Arrival arrival = provider.await(run);
    JsonNode report = cli.json("stop", jvm.pid(), run, "--json");
    assertTrue(arrival.awaitClientLeft());
    assertEquals("aborted", report.path("inFlight").path(0).path("outcome").asText());
    assertTrue(request.result().startsWith("499 "), request::result);
  }

  private static void aCommitOfAConnectionThatWasOpenBeforeIsRolledBack(
      Jvm jvm, BelayCommand cli, String port) {
    String run = Setting.unique("commit");
    String answer = Setting.unique("fast");
    provider.answering(answer, call -> call.answer(200, "text/plain", "ok"));
    Work request =
        jvm.startOutside(
            Busy.One.class, port, "run=" + run + "&held=" + run + "&url=" + url(answer));
    jvm.awaitMoment(run, "written");
    Program.Ended stop = cli.run("stop", jvm.pid(), run, "--wait", "0.2");
    assertEquals(4, stop.status(), stop::toString);
    Program.Ended detach = cli.run("attach", jvm.pid(), "enabled=false");
    assertEquals(1, detach.status(), detach::toString);
    assertTrue(detach.stderr().toString().contains(run + " is still stopping"), detach::toString);
    jvm.cue(run, "go on");
    assertTrue(request.result().startsWith("499 "), request::result);
    Await.until("it is quiet", () -> cli.run("stop", jvm.pid(), run).status() == 0);
    JsonNode report = cli.json("report", jvm.pid(), run, "--json");
    assertEquals(1, report.path("refused").path("commit").asInt(), report::toPrettyString);
    assertEquals(1, report.path("rolledBack").asInt(), report::toPrettyString);
  }

  private static void noThreadOfBelayLives(Jvm jvm) {
    String[] alive = {""};
    try {
      Await.until(
          "no thread of Belay's lives",
          () -> {
            alive[0] = jvm.startOutside(Busy.Threads.class).result();
            return alive[0].isEmpty();
          });
    } catch (AssertionError e) {
      throw new AssertionError(alive[0], e);
    }
  }

  /** Requests are answered after this moment, too. */
  private static void served(Jvm jvm, String moment) {
    int n = 20;
    while (jvm.reached(Busy.KEY, "served " + (n + 1))) {
      n++;
    }
    jvm.awaitMoment(Busy.KEY, "served " + (n + 5));
    assertFalse(moment.isEmpty());
  }

  private static String url(String key) {
    return provider.url(key) + "/call";
  }
}
