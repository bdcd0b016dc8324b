package io.belay.agent.traffic;

import static io.belay.agent.rule.Limit.COST_USD;
import static io.belay.agent.rule.Limit.LLM_CALLS;
import static io.belay.agent.rule.Limit.OUTPUT_TOKENS;
import static io.belay.agent.rule.Limit.TOOL_CALLS;
import static io.belay.agent.rule.Limit.TOTAL_TOKENS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.rule.Limit;
import io.belay.agent.rule.Limits;
import io.belay.agent.rule.OnExceeded;
import io.belay.agent.run.Policy;
import io.belay.agent.run.Spending;
import io.belay.api.BudgetExceededException;
import io.belay.api.Reason;
import io.belay.api.RunStoppedException;
import io.belay.api.Status;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a call may use, and what happens at a limit. */
class LlmTrafficTest {
  private static final String OUTPUT = "output-tokens";

  @Test
  void aHigherLimitIsLoweredToWhatIsLeft() {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 500);
    Sending first = rig.send(Sending.chat(",\"max_tokens\":400"));
    assertEquals(400, first.number("max_tokens"));
    assertEquals(100, rig.send(Sending.chat(",\"max_tokens\":400")).number("max_tokens"));
    first.answer(200, 10, 50);
    assertEquals(350, rig.send(Sending.chat(",\"max_tokens\":400")).number("max_tokens"));
  }

  @Test
  void aMissingLimitIsAddedButNotAboveWhatTheModelTakes() {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 1_000_000);
    Sending call = rig.send(Sending.chat(""));
    long added = Math.max(call.number("max_completion_tokens"), call.number("max_tokens"));
    assertTrue(added > 0 && added <= 16_384, call.text());
  }

  @Test
  void whatIsRefusedIsNotCountedAsACall() {
    Rig rig = Rig.limited(LLM_CALLS, 1);
    rig.send(Sending.chat("")).answer(200, 1, 1);
    assertThrows(BudgetExceededException.class, () -> rig.send(Sending.chat("")));
    assertEquals(1, rig.runs.root().usage().llmCalls());
  }

  @Test
  void theExceptionSaysLimitUseAndMaximum() throws Exception {
    Rig rig = Rig.limited(TOTAL_TOKENS, 100);
    BudgetExceededException why =
        rig.run(
            "r1",
            () -> {
              rig.send(Sending.chat(",\"max_tokens\":45")).answer(200, 50, 45);
              return assertThrows(BudgetExceededException.class, () -> rig.send(Sending.chat("")));
            });
    assertEquals("total-tokens", why.limit());
    assertEquals(95, why.used());
    assertEquals(100, why.max());
    assertEquals("r1", why.runId());
    assertEquals(Reason.BUDGET, why.reason());
    assertEquals("llm POST https://api.openai.com/v1/chat/completions", why.boundary());
  }

  @Test
  void atALimitTheRunIsStoppedWithReasonBudget() throws Exception {
    Rig rig = Rig.limited(LLM_CALLS, 0);
    rig.run("r1", () -> assertThrows(BudgetExceededException.class, () -> rig.send(chat())));
    assertEquals(Reason.BUDGET, rig.find("r1").stopEvent().reason());
  }

  @Test
  void refuseLeavesTheRunRunning() throws Exception {
    Rig rig = Rig.limited(OnExceeded.REFUSE, LLM_CALLS, 0);
    rig.run("r1", () -> assertThrows(BudgetExceededException.class, () -> rig.send(chat())));
    assertEquals(Status.COMPLETED, rig.find("r1").status());
  }

  @Test
  void warnLetsEverythingThroughAndTellsOnce() throws Exception {
    Rig rig = Rig.limited(OnExceeded.WARN, OUTPUT_TOKENS, 10);
    for (int i = 0; i < 3; i++) {
      Sending call = rig.send(Sending.chat(",\"max_tokens\":100"));
      assertEquals(100, call.number("max_tokens"));
      call.answer(200, 5, 100);
    }
    assertEquals(1, rig.notes.size(), rig.notes::toString);
    assertTrue(
        rig.notes.get(0).contains("output-tokens of 10 leaves too little: 0 used or set aside"),
        rig.notes::toString);
    assertTrue(rig.notes.get(0).contains("output-tokens of 10"), rig.notes::toString);
  }

  @Test
  void observingLowersAndRefusesNothing() {
    Policy enforcing = Policy.defaults();
    Policy observing =
        new Policy(
            false,
            enforcing.wake(),
            enforcing.grace(),
            enforcing.httpWriteGrace(),
            enforcing.shieldTimeout(),
            enforcing.allow(),
            enforcing.keep());
    Rig rig =
        new Rig(
            new Spending(Rig.limits(OUTPUT_TOKENS, 10), Limits.NONE, OnExceeded.STOP, 32),
            observing,
            Pricing.Unknown.REFUSED);
    Sending call = rig.send(Sending.chat(",\"max_tokens\":100"));
    assertEquals(100, call.number("max_tokens"));
    call.answer(200, 5, 100);
    assertEquals(1, rig.notes.size());
  }

  @Test
  void aChildIsBoundByItsParentsLimitAndCountedThere() throws Exception {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 100);
    rig.run(
        "parent",
        () -> {
          rig.run(
              "child",
              () -> {
                Sending call = rig.send(Sending.chat(",\"max_tokens\":500"));
                assertEquals(100, call.number("max_tokens"));
                call.answer(200, 5, 60);
                return null;
              });
          assertEquals(60, rig.find("parent").usage().outputTokens());
          assertEquals(40L, rig.find("parent").remaining().get(OUTPUT));
          return null;
        });
  }

  @Test
  void runsBesideEachOtherHaveABudgetEachAndTheJvmBindsAll() throws Exception {
    Rig rig =
        new Rig(
            new Spending(
                Rig.limits(OUTPUT_TOKENS, 100),
                Rig.limits(OUTPUT_TOKENS, 150),
                OnExceeded.REFUSE,
                32),
            Policy.defaults(),
            Pricing.Unknown.REFUSED);
    for (long expected : new long[] {100, 50}) {
      rig.run(
          "r" + expected,
          () -> {
            Sending call = rig.send(Sending.chat(",\"max_tokens\":500"));
            assertEquals(expected, call.number("max_tokens"));
            call.answer(200, 1, expected);
            return null;
          });
    }
    BudgetExceededException why =
        assertThrows(BudgetExceededException.class, () -> rig.send(chat()));
    assertEquals("jvm.output-tokens", why.limit());
  }

  @Test
  void aLimitChangedWhileACallRunsBindsTheNext() throws Exception {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 1000);
    rig.run(
        "r1",
        () -> {
          Sending running = rig.send(Sending.chat(",\"max_tokens\":400"));
          rig.find("r1").limit(Map.of(OUTPUT_TOKENS, 500L));
          assertEquals(100, rig.send(Sending.chat(",\"max_tokens\":400")).number("max_tokens"));
          running.answer(200, 1, 400);
          return null;
        });
  }

  @Test
  void aLimitOfTheJvmThatIsSetOrTakenAwayBindsEveryRun() throws Exception {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 1000);
    rig.find("jvm").limitJvm(Map.of(OUTPUT_TOKENS, 300L));
    assertEquals(300L, rig.find("jvm").limits().get("jvm.output-tokens"));
    rig.run(
        "r1",
        () -> {
          Sending call = rig.send(Sending.chat(",\"max_tokens\":400"));
          assertEquals(300, call.number("max_tokens"));
          call.answer(200, 1, 300);
          return null;
        });
    Map<Limit, Long> none = new EnumMap<>(Limit.class);
    none.put(OUTPUT_TOKENS, null);
    rig.find("jvm").limitJvm(none);
    rig.run(
        "r2",
        () -> {
          assertEquals(400, rig.send(Sending.chat(",\"max_tokens\":400")).number("max_tokens"));
          return null;
        });
  }

  @Test
  void aStreamThatNothingBoundsIsCutWhenItHasComeToWhatWasLeft() throws Exception {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 50);
    rig.run(
        "r1",
        () -> {
          Sending call =
              rig
                  .send(Sending.chat(",\"stream\":true").header("Content-Digest", "signed"))
                  .stream();
          call.tokens(49);
          assertEquals(0, call.aborts);
          call.tokens(1);
          assertTrue(call.aborts >= 1); // The stop that follows may ask once more.
          assertInstanceOf(BudgetExceededException.class, call.tap().stopped());
          call.tap().done(new IOException("closed"));
          return null;
        });
    assertEquals(Reason.BUDGET, rig.find("r1").stopEvent().reason());
    assertEquals(50, rig.find("r1").usage().outputTokens());
  }

  @Test
  void aProviderThatIgnoresItsBoundIsCutWhenThatIsCertain() {
    Rig rig = Rig.limited(OnExceeded.REFUSE, OUTPUT_TOKENS, 50);
    Sending call = rig.send(Sending.chat(",\"stream\":true,\"max_tokens\":100")).stream();
    assertEquals(50, call.number("max_tokens"));
    call.tokens(50);
    assertEquals(0, call.aborts);
    call.tokens(1);
    assertEquals(1, call.aborts);
    assertNotNull(call.tap().stopped());
  }

  @Test
  void whatCannotBeLoweredAndComesInOnePieceIsRefused() {
    Rig rig = Rig.limited(OnExceeded.REFUSE, OUTPUT_TOKENS, 50);
    assertThrows(BudgetExceededException.class, () -> rig.send(Sending.chat("").once()));
    Sending signed =
        Sending.chat(",\"max_tokens\":51").header("Authorization", "AWS4-HMAC-SHA256 x");
    assertThrows(BudgetExceededException.class, () -> rig.send(signed));
    Sending fits = Sending.chat(",\"max_tokens\":50").header("Authorization", "AWS4-HMAC-SHA256 x");
    String before = fits.text();
    rig.send(fits);
    assertEquals(before, fits.text());
    assertEquals(1, rig.runs.root().usage().llmCalls());
  }

  @Test
  void aStreamThatWouldBeCutWhileItsModelThinksIsRefused() {
    Rig rig = Rig.limited(OnExceeded.REFUSE, OUTPUT_TOKENS, 900);
    String ask =
        "{\"model\":\"claude-sonnet-4-5\",\"stream\":true,\"max_tokens\":8000,\"thinking\":"
            + "{\"type\":\"enabled\",\"budget_tokens\":4096},\"messages\":[{\"role\":\"user\"}]}";
    String url = "https://api.anthropic.com/v1/messages";
    BudgetExceededException why =
        assertThrows(BudgetExceededException.class, () -> rig.send(Sending.to(url, ask)));
    assertTrue(why.getMessage().contains("thinking budget"), why::getMessage);
    assertEquals(0, rig.runs.root().usage().llmCalls());
    assertEquals(900L, rig.runs.root().remaining().get(OUTPUT));
    String brief = ask.replace("4096", "500").replace("8000", "800");
    assertEquals(800, rig.send(Sending.to(url, brief)).number("max_tokens"));
  }

  @Test
  void withACostLimitAModelWithoutAPriceIsRefused() throws Exception {
    Rig rig = Rig.limited(COST_USD, 1_000_000_000_000L);
    String body =
        "{\"model\":\"nobody-knows\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":50}";
    BudgetExceededException why =
        assertThrows(BudgetExceededException.class, () -> rig.send(Sending.to(Sending.CHAT, body)));
    assertEquals("cost-usd", why.limit());
    assertTrue(why.getMessage().contains("nobody-knows"), why::getMessage);
    Rig priced =
        new Rig(
            new Spending(Rig.limits(COST_USD, 1_000_000_000L), Limits.NONE, OnExceeded.STOP, 32),
            Policy.defaults(),
            new Pricing.Unknown(10_000_000));
    Sending call = priced.send(Sending.to(Sending.CHAT, body.replace("50", "500")));
    assertEquals(91, call.number("max_tokens")); // nine of a hundred are for the input
    call.answer(200, 9, 91);
    assertEquals(0.001, priced.runs.root().usage().costUsd(), 1e-12);
  }

  @Test
  void toolCallsHaveALimitOfTheirOwn() throws Exception {
    Rig rig = Rig.limited(TOOL_CALLS, 2);
    rig.run(
        "r1",
        () -> {
          rig.tool();
          rig.tool();
          return assertThrows(BudgetExceededException.class, rig::tool);
        });
    assertEquals(2, rig.find("r1").usage().toolCalls());
    assertEquals(Reason.BUDGET, rig.find("r1").stopEvent().reason());
  }

  @Test
  void aCallOfAStoppedRunIsRefusedWithoutTouchingTheBudget() throws Exception {
    Rig rig = Rig.limited(LLM_CALLS, 5);
    rig.run(
        "r1",
        () -> {
          rig.find("r1").stop("enough");
          RunStoppedException why = assertThrows(RunStoppedException.class, () -> rig.send(chat()));
          assertFalse(why instanceof BudgetExceededException);
          return null;
        });
    assertEquals(0, rig.find("r1").usage().llmCalls());
    assertNull(rig.runs.root().stopEvent());
  }

  private static Sending chat() {
    return Sending.chat("");
  }
}
