package io.belay.agent.traffic;

import static io.belay.agent.rule.Limit.COST_USD;
import static io.belay.agent.rule.Limit.LLM_CALLS;
import static io.belay.agent.rule.Limit.OUTPUT_TOKENS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.rule.OnExceeded;
import io.belay.agent.run.Kind;
import io.belay.agent.run.Run;
import io.belay.agent.run.StopReport;
import io.belay.api.BudgetExceededException;
import io.belay.api.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run that has come to a limit is told, and what is told of it. */
class SpentRunTest {
  private static BudgetExceededException refused(Rig rig) {
    return assertThrows(BudgetExceededException.class, () -> rig.send(Sending.chat("")));
  }

  private static Map<String, Long> counted(Run run) {
    StopReport report = run.stopping().report();
    return report.refused();
  }

  @Test
  void eachRefusalThatFollowsNamesTheLimit() throws Exception {
    Rig rig = Rig.limited(LLM_CALLS, 0);
    rig.run(
        "above",
        () -> {
          rig.run(
              "below",
              () -> {
                for (int i = 0; i < 3; i++) {
                  BudgetExceededException why = refused(rig);
                  assertEquals("llm-calls", why.limit());
                  assertEquals("below", why.runId());
                  assertEquals(0, why.max());
                }
                return null;
              });
          assertEquals("above", refused(rig).runId());
          return null;
        });
    assertEquals(Reason.BUDGET, rig.find("above").stopEvent().reason());
    assertEquals(Reason.PARENT, rig.find("below").stopEvent().reason());
    assertEquals(Map.of("llm", 4L), counted(rig.find("above")));
  }

  @Test
  void eachRefusalHasOneMessageWithTheReasonThatItNames() throws Exception {
    Rig rig = Rig.limited(LLM_CALLS, 0);
    List<String> told = new ArrayList<>();
    rig.run(
        "above",
        () -> {
          rig.run(
              "below",
              () -> {
                refused(rig);
                return told.add(refused(rig).getMessage());
              });
          return told.add(refused(rig).getMessage());
        });
    String limit = "(BUDGET: limit llm-calls of 0 reached: 0 used or set aside";
    String call = "; refused: llm POST " + Sending.CHAT;
    assertEquals("run below is stopped " + limit + ", in run above)" + call, told.get(0));
    assertEquals("run above is stopped " + limit + ")" + call, told.get(1));
  }

  @Test
  void aRunThatEndsWithARefusalOfOneBelowSaysSoOnce() throws Exception {
    Rig rig = Rig.limited(OnExceeded.REFUSE, LLM_CALLS, 0);
    assertThrows(
        BudgetExceededException.class,
        () -> rig.run("above", () -> rig.run("below", () -> rig.send(Sending.chat("")))));
    String limit = "limit llm-calls of 0 of run above reached: 0 used or set aside";
    assertEquals(limit, rig.find("below").stopEvent().text());
    assertEquals(limit + ", in run below", rig.find("above").stopEvent().text());
  }

  /** As HttpURLConnection does when it is asked for its status. */
  @Test
  void oneRequestThatIsRefusedIsOneHoweverOftenItsClientAsks() throws Exception {
    for (OnExceeded at : new OnExceeded[] {OnExceeded.STOP, OnExceeded.REFUSE}) {
      Rig rig = Rig.limited(at, LLM_CALLS, 0);
      Sending call = Sending.chat("");
      rig.run(
          "r1",
          () -> {
            assertThrows(BudgetExceededException.class, () -> rig.send(call));
            assertThrows(BudgetExceededException.class, () -> rig.send(call));
            return at == OnExceeded.STOP ? null : rig.find("r1").toString();
          });
      assertEquals(1, rig.runs.gatekeeper().refused(Kind.LLM), at.name());
      if (at == OnExceeded.STOP) {
        assertEquals(Map.of("llm", 1L), counted(rig.find("r1")));
        rig.run("r2", () -> assertThrows(BudgetExceededException.class, () -> rig.send(call)));
      }
    }
  }

  @Test
  void aStepThatOpensTheWayToAModelIsRefusedAsItsCall() throws Exception {
    Rig rig = Rig.limited(LLM_CALLS, 0);
    rig.run(
        "r1",
        () -> {
          refused(rig);
          Sending step = Sending.chat("").once().opens();
          String told =
              assertThrows(BudgetExceededException.class, () -> rig.send(step)).getMessage();
          assertTrue(told.endsWith("; refused: llm POST " + Sending.CHAT), told);
          return null;
        });
    assertEquals(Map.of("llm", 2L), counted(rig.find("r1")));
  }

  @Test
  void theMessageSaysWhoseLimitItIs() throws Exception {
    Rig rig = Rig.limited(LLM_CALLS, 0);
    BudgetExceededException why = rig.run("above", () -> rig.run("below", () -> refused(rig)));
    assertTrue(
        why.getMessage().contains("run below is out of budget: limit llm-calls of 0 of run above"),
        why::getMessage);
  }

  @Test
  void aRunThatARefusalEndsSaysWhichLimitItWas() {
    Rig rig = Rig.limited(OnExceeded.REFUSE, LLM_CALLS, 0);
    assertThrows(
        BudgetExceededException.class, () -> rig.run("r1", () -> rig.send(Sending.chat(""))));
    Run run = rig.find("r1");
    assertEquals("budget", run.stopEvent().by());
    assertTrue(run.stopEvent().text().contains("limit llm-calls of 0 reached"));
    assertEquals(Map.of("llm", 1L), counted(run));
    assertEquals("llm-calls", assertThrows(BudgetExceededException.class, run::check).limit());
  }

  /** What is left is shared among threads: this one is at work for both. */
  @Test
  void aThreadInARunInsideARunIsOne() throws Exception {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 1000);
    Sending call = rig.run("above", () -> rig.run("below", () -> rig.send(Sending.chat(""))));
    assertEquals(1000, Math.max(call.number("max_tokens"), call.number("max_completion_tokens")));
  }

  /** Sendings are asynchronous. */
  @Test
  void whoeverDoesNotWaitMaySendMore() throws Exception {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 10_000);
    List<Long> given = new ArrayList<>();
    rig.run(
        "r1",
        () -> {
          for (int i = 0; i < 5; i++) {
            Sending call = rig.send(Sending.chat(""));
            given.add(Math.max(call.number("max_tokens"), call.number("max_completion_tokens")));
          }
          return null;
        });
    assertEquals(List.of(2500L, 1500L, 1024L, 1024L, 494L), given);
  }

  @Test
  void aFanOfCallsIsUnderWayAtOnceAndNoneOfThemIsAStub() throws Exception {
    long[] left = {20_000, 100_000};
    int[] calls = {27, 64};
    for (int i = 0; i < left.length; i++) {
      Rig rig = Rig.limited(OUTPUT_TOKENS, left[i]);
      int wanted = calls[i];
      long[] sum = {0};
      rig.run(
          "r1",
          () -> {
            for (int n = 0; n < wanted; n++) {
              long given = rig.send(Sending.chat("")).number("max_tokens");
              assertTrue(given >= 256, () -> "given " + given);
              sum[0] += given;
            }
            return null;
          });
      assertTrue(sum[0] <= left[i], () -> "given " + sum[0]);
    }
  }

  @Test
  void aWarningNeedsALimitThatIsPassed() {
    Rig rig = Rig.limited(OnExceeded.WARN, OUTPUT_TOKENS, 1000);
    rig.send(Sending.chat("")).answer(200, 5, 900); // It might have come to 16,384.
    assertEquals(List.of(), rig.notes);
    rig.send(Sending.chat("")).answer(200, 5, 900);
    rig.send(Sending.chat("")).answer(200, 5, 900);
    assertEquals(1, rig.notes.size(), rig.notes::toString);
    assertTrue(rig.notes.get(0).contains("1800 used or set aside"), rig.notes::toString);
  }

  @Test
  void smallSumsOfMoneyAreWrittenOut() {
    Rig rig = Rig.limited(OnExceeded.REFUSE, COST_USD, 10_000_000);
    assertTrue(refused(rig).getMessage().contains("limit cost-usd of 0.00001 "));
  }
}
