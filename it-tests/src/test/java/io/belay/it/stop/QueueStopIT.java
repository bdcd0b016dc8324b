package io.belay.it.stop;

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
import io.belay.it.harness.Work;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Stops of a run with tasks in a pool's queue. */
class QueueStopIT {
  private static final int TASKS = 6;
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
  void queuedTasksOfAPoolNeverStart(Setting setting) {
    queuedTasksNeverStart(setting, Team.Submitting.class, "aaaaaa");
  }

  @Scenario
  void queuedStagesNeverStart(Setting setting) {
    queuedTasksNeverStart(setting, Team.Composing.class, "a.a.a.a.a.a.");
  }

  /** What nobody completes is waited for in each way that the JDK has. */
  @Scenario
  void whoeverWaitsForAFutureIsWoken(Setting setting) {
    for (String how : List.of("join", "get", "get for a while", "parallel", "result")) {
      String run = Setting.unique("wait");
      Jvm belay = setting.withBelay();
      Work work = belay.start(Waiter.class, run, run, how);
      belay.awaitMoment(run, "waits");
      belay.stop(run);
      work.thrown();
      JsonNode report = belay.control().report(run);
      assertEquals(0, report.path("alive").size(), report::toPrettyString);
    }
    String control = Setting.unique("control");
    Jvm without = setting.withoutBelay();
    Work untouched = without.start(Waiter.class, control, control, "join", "completed");
    without.cue(control, "complete");
    assertEquals("completed", untouched.result());
    Jvm belay = setting.withBelay();
    String run = Setting.unique("wait");
    Work alive = belay.start(Waiter.class, run, run, "join interrupted", "completed");
    belay.awaitMoment(run, "waits");
    belay.cue(run, "complete");
    assertEquals("completed, interrupted", alive.result());
  }

  private static void queuedTasksNeverStart(
      Setting setting, Class<? extends App> team, String all) {
    String control = Setting.unique("control");
    Jvm without = setting.withoutBelay();
    provider.answering(control, call -> call.completion("a"));
    assertEquals(all, begin(without, team, control).result());
    assertEquals(TASKS, provider.requests(control));

    String run = Setting.unique("queue");
    Jvm belay = setting.withBelay();
    Work work = begin(belay, team, run);
    Arrival one = provider.await(run);
    Arrival other = provider.await(run);
    belay.awaitMoment(run, "all are queued");
    belay.stop(run);
    assertTrue(one.awaitClientLeft());
    assertTrue(other.awaitClientLeft());
    work.thrown();
    JsonNode report = belay.control().report(run);
    assertEquals(2, report.path("inFlight").size(), report::toPrettyString);
    assertEquals(0, report.path("alive").size(), report::toPrettyString);
    for (int i = 2; i < TASKS; i++) {
      assertFalse(belay.reached(run, "task " + i + " has begun"));
    }
    assertEquals(2, provider.requests(run));

    String after = Setting.unique("after");
    provider.answering(after, call -> call.completion("a"));
    assertEquals(all, begin(belay, team, after).result());
  }

  private static Work begin(Jvm jvm, Class<? extends App> team, String key) {
    return jvm.start(team, key, key, provider.url(key), "" + TASKS);
  }
}
