package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.rule.Limit;
import io.belay.agent.rule.Limits;
import io.belay.agent.run.Reservation.Need;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final long FLOOR = 32;

  private static Budget budget(Budget above, Object... limits) {
    Map<Limit, Long> values = new java.util.EnumMap<>(Limit.class);
    for (int i = 0; i < limits.length; i += 2) {
      values.put((Limit) limits[i], ((Number) limits[i + 1]).longValue());
    }
    return new Budget("", null, above, new Limits(values));
  }

  private static Need need(long input, long output) {
    return new Need(input, output, 0, 0, 0);
  }

  private static Reservation made(Budget budget, Need need, long parties) {
    Budget.Grant grant = budget.reserve(need, FLOOR, parties);
    assertFalse(grant.refused(), () -> grant.denied() + "");
    return new Reservation(budget, need, grant.output(), grant.tight());
  }

  @Test
  void withoutALimitAllIsGrantedAndNothingIsTight() {
    Reservation made = made(budget(null), need(10, 500), 1);
    assertEquals(500, made.output());
    assertFalse(made.tight());
    assertFalse(made.clamps());
  }

  @Test
  void outputIsLoweredToTheTightestLimitOfTheChain() {
    Budget jvm = budget(null, Limit.TOTAL_TOKENS, 300);
    Budget run = budget(jvm, Limit.OUTPUT_TOKENS, 1000);
    Reservation made = made(budget(run), need(100, 500), 1);
    assertEquals(200, made.output());
    assertTrue(made.clamps());
  }

  @Test
  void whatOneCallHasSetAsideIsNotThereForTheNext() {
    Budget run = budget(null, Limit.OUTPUT_TOKENS, 1000);
    made(run, need(0, 900), 1);
    assertEquals(100, made(run, need(0, 900), 1).output());
    Budget.Grant third = run.reserve(need(0, 900), FLOOR, 1);
    assertTrue(third.refused());
    assertEquals(1000, third.denied().used());
    assertEquals(1000, third.denied().max());
    assertEquals("output-tokens", third.denied().name());
  }

  @Test
  void lessThanTheFloorIsRefusedUnlessLessIsAskedFor() {
    Budget run = budget(null, Limit.OUTPUT_TOKENS, FLOOR - 1);
    assertTrue(run.reserve(need(0, 500), FLOOR, 1).refused());
    assertEquals(5, made(run, need(0, 5), 1).output());
  }

  @Test
  void aShareIsNeverBelowTheFloor() {
    Budget run = budget(null, Limit.OUTPUT_TOKENS, 64);
    assertEquals(FLOOR, made(run, need(0, Reservation.UNBOUNDED), 10).output());
    assertEquals(FLOOR, made(run, need(0, Reservation.UNBOUNDED), 10).output());
    assertTrue(run.reserve(need(0, Reservation.UNBOUNDED), FLOOR, 10).refused());
  }

  @Test
  void whoSaysNoLimitGetsAShareOfTheRoom() {
    Budget run = budget(null, Limit.OUTPUT_TOKENS, 1000);
    assertEquals(250, made(run, need(0, Reservation.UNBOUNDED), 4).output());
    assertEquals(150, made(run, need(0, 150), 4).output());
  }

  @Test
  void settlingBooksWhatWasUsedAndGivesTheRestBack() {
    Budget jvm = budget(null, Limit.OUTPUT_TOKENS, 1000);
    Budget run = budget(jvm, Limit.OUTPUT_TOKENS, 1000);
    Reservation made = made(run, need(50, 900), 1);
    run.settle(made, 40, 100, 0);
    for (Budget each : new Budget[] {run, jvm}) {
      assertEquals(900L, each.remaining(0).get("output-tokens"));
      assertEquals(0L, each.reserved().get("output-tokens"));
    }
  }

  @Test
  void releasingGivesEverythingBackAlsoTheCall() {
    Budget run = budget(null, Limit.LLM_CALLS, 1, Limit.TOTAL_TOKENS, 100);
    Reservation made = made(run, need(10, 50), 1);
    assertTrue(run.reserve(need(10, 50), FLOOR, 1).refused());
    run.release(made);
    assertEquals(1L, run.remaining(0).get("llm-calls"));
    assertEquals(100L, run.remaining(0).get("total-tokens"));
  }

  @Test
  void aRefusalAnywhereInTheChainSetsNothingAside() {
    Budget jvm = budget(null, Limit.LLM_CALLS, 0);
    Budget run = budget(jvm, Limit.OUTPUT_TOKENS, 1000);
    Budget.Grant refused = run.reserve(need(0, 10), FLOOR, 1);
    assertEquals(Limit.LLM_CALLS, refused.denied().limit());
    assertEquals(1000L, run.remaining(0).get("output-tokens"));
  }

  @Test
  void toolCallsAndLlmCallsAreCountedApart() {
    Budget run = budget(null, Limit.LLM_CALLS, 1, Limit.TOOL_CALLS, 1);
    run.settle(made(run, Need.tool(), 1), 0, 0, 0);
    run.settle(made(run, need(0, 10), 1), 0, 10, 0);
    assertEquals(Limit.TOOL_CALLS, run.reserve(Need.tool(), FLOOR, 1).denied().limit());
    assertEquals(Limit.LLM_CALLS, run.reserve(need(0, 1), FLOOR, 1).denied().limit());
  }

  @Test
  void inputAboveWhatIsLeftIsRefused() {
    Budget run = budget(null, Limit.INPUT_TOKENS, 100);
    assertFalse(run.reserve(need(100, 10), FLOOR, 1).refused());
    assertEquals(Limit.INPUT_TOKENS, run.reserve(need(1, 10), FLOOR, 1).denied().limit());
  }

  @Test
  void aCostLimitIsKeptToThePico() {
    // 1 dollar at 3 and 15 dollars a million: 100,000 input leave 0.7 dollars, 46,666 output.
    Budget run = budget(null, Limit.COST_USD, 1_000_000_000_000L);
    Need need = new Need(100_000, 100_000, 3_000_000, 15_000_000, 0);
    Reservation made = made(run, need, 1);
    assertEquals(46_666, made.output());
    run.settle(made, 100_000, 46_666, 300_000_000_000L + 46_666 * 15_000_000L);
    assertEquals(10_000_000L / 1e12, run.remaining(0).get("cost-usd"));
    assertTrue(run.reserve(new Need(4, 1, 3_000_000, 15_000_000, 0), FLOOR, 1).refused());
  }

  @Test
  void absurdNumbersOverflowNothing() {
    Budget run = budget(null, Limit.LLM_CALLS, 1_000_000);
    Need absurd = new Need(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 0);
    Reservation[] all = new Reservation[1000];
    for (int i = 0; i < all.length; i++) {
      all[i] = made(run, absurd, 1);
    }
    run.change(Map.of(Limit.COST_USD, Long.MAX_VALUE - 1, Limit.TOTAL_TOKENS, 1_000_000L));
    assertEquals(0L, run.remaining(0).get("total-tokens"));
    for (Reservation made : all) {
      run.release(made);
    }
    assertEquals(1_000_000L, run.remaining(0).get("total-tokens"));
    assertEquals(0.0, run.reserved().get("cost-usd"));
  }

  @Test
  void aLimitThatIsSetWhileCallsRunKnowsOfThem() {
    Budget run = budget(null);
    Reservation running = made(run, need(0, 800), 1);
    run.change(Map.of(Limit.OUTPUT_TOKENS, 1000L));
    assertEquals(200, made(run, need(0, 500), 1).output());
    run.settle(running, 0, 300, 0);
    assertEquals(500L, run.remaining(0).get("output-tokens"));
  }

  @Test
  void aLimitLoweredBelowWhatRunsAllowsNothingMore() {
    Budget run = budget(null, Limit.OUTPUT_TOKENS, 1000);
    Reservation running = made(run, need(0, 800), 1);
    run.change(Map.of(Limit.OUTPUT_TOKENS, 500L));
    assertTrue(run.reserve(need(0, 1), FLOOR, 1).refused());
    assertEquals(0L, run.remaining(0).get("output-tokens"));
    run.settle(running, 0, 100, 0);
    assertEquals(400, made(run, need(0, 800), 1).output());
  }

  @Test
  void embeddingsNeedNoRoomForOutput() {
    Budget run = budget(null, Limit.OUTPUT_TOKENS, 0, Limit.TOTAL_TOKENS, 100);
    assertFalse(run.reserve(need(100, 0), FLOOR, 1).refused());
    assertTrue(run.reserve(need(1, 0), FLOOR, 1).refused());
  }

  @Test
  void aLimitOfNothingAllowsNothing() {
    Budget run = budget(null, Limit.OUTPUT_TOKENS, 0);
    assertTrue(run.reserve(need(0, 1), 0, 1).refused());
  }

  @Test
  void aLimitThatOnlyWarnsIsToldOfOnce() {
    Budget run = budget(null, Limit.OUTPUT_TOKENS, 100);
    Reservation made = new Reservation(run, need(0, 500), 500, false);
    run.reserveAnyway(need(0, 500));
    assertNull(Overdraft.passed(run)); // It may come to less.
    run.settle(made, 0, 101, 0);
    assertNotNull(Overdraft.passed(run));
    assertNull(Overdraft.passed(run));
  }

  @Test
  void theLimitNamedForACutIsTheTightest() {
    Budget run = budget(budget(null, Limit.TOTAL_TOKENS, 100), Limit.OUTPUT_TOKENS, 1000);
    Reservation made = made(run, need(10, Reservation.UNBOUNDED), 1);
    assertEquals(Limit.TOTAL_TOKENS, run.limitingOutput(made).limit());
  }
}
