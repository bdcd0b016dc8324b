package io.belay.it.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.cli.BelayCommand;
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

/** Whoever only observes changes nothing, and is told what would have been. */
class ObserveIT {
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
  void nothingIsEndedAndAllOfItIsCounted(Setting setting) {
    Jvm belay = setting.withBelay("belay.mode=observe", "belay.budget.output-tokens=40");
    belay.expectLog(".*passes its budget.*");

    String stopped = Setting.unique("stopped");
    Work work =
        belay.start(Chatting.class, stopped, provider.url(stopped) + "/v1/chat/completions");
    Arrival arrival = provider.await(stopped);
    belay.stop(stopped);
    Await.until("the call would have been ended", () -> would(belay, "end") == 1);
    assertFalse(arrival.clientLeft());
    arrival.completion("fine");
    assertEquals("200", work.result());
    JsonNode report = belay.control().report(stopped);
    assertEquals(
        "completed", report.path("inFlight").path(0).path("outcome").asText(), report::toString);
    assertEquals(1, would(belay, "stop"));

    long lowered = would(belay, "lower");
    String capped = Setting.unique("capped");
    provider.answering(capped, call -> call.completion("fine"));
    Work small = belay.start(Chatting.class, capped, provider.url(capped) + "/v1/chat/completions");
    assertEquals("200", small.result()); // It says no limit of its own, so it would be given one.
    assertFalse(provider.arrivals(capped).get(0).body().contains("max_"));
    assertEquals(lowered + 1, would(belay, "lower"));

    String late = Setting.unique("late");
    Work slow = belay.start(Chatting.class, late, provider.url(late) + "/v1/chat/completions");
    Arrival waiting = provider.await(late);
    belay.control().request("POST", "/runs/" + late + "/budget", "{\"time\":1}");
    Await.until("its time is up", () -> would(belay, "stop") == 2);
    assertEquals("running", belay.control().run(late).path("status").asText());
    waiting.completion("late");
    assertEquals("200", slow.result());

    String doctor = BelayCommand.on(setting).text("doctor", belay.pid());
    assertTrue(doctor.contains("would have stopped 2 runs (1 USER, 1 DEADLINE)"), doctor);
    assertTrue(doctor.contains("ended 1 call in flight (1 llm)"), doctor);
    assertEquals(
        "observe",
        belay.control().request("GET", "/runs", null).headers().firstValue("Belay-Mode").get());
  }

  @Scenario
  void atItsEndTheJvmSaysSoInOneLine(Setting setting) {
    String key = Setting.unique("last");
    provider.answering(key, call -> call.completion("fine"));
    Program.Ended ended =
        Program.run(
            Program.command(
                setting.java(
                    Setting.belayJar(),
                    java.util.List.of("belay.mode=observe", "belay.budget.llm-calls=0")),
                ChattingMain.class,
                provider.url(key) + "/v1/chat/completions"));
    assertEquals(java.util.List.of("200"), ended.stdout(), ended::toString);
    assertEquals(
        1,
        ended.stderr().stream()
            .filter(
                line ->
                    line.contains(
                        "observed: Belay would have stopped 1 run (1 BUDGET), refused 0 calls of"
                            + " stopped runs and 1 for which nothing was left of a budget"))
            .count(),
        ended::toString);
  }

  /** Asks once. */
  static final class ChattingMain {
    private ChattingMain() {}

    public static void main(String[] args) throws Exception {
      System.out.println(Chatting.ask(args[0]));
      System.exit(0);
    }
  }

  private static long would(Jvm belay, String what) {
    String metrics = belay.control().request("GET", "/metrics", null).body();
    String start = "belay_observed_total{would=\"" + what + "\"} ";
    return metrics
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToLong(line -> Long.parseLong(line.substring(start.length())))
        .sum();
  }
}
