package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.rule.Limit;
import io.belay.agent.rule.Limits;
import io.belay.agent.run.Reservation.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private static final long WINDOW = 1_000;
  private static final int MOST = 3;
  private final List<String> notes = new ArrayList<>();
  private final Budget jvm = new Budget("jvm.", null, null, Limits.NONE);
  private final Accounts accounts = with(Limit.OUTPUT_TOKENS, 100);

  private Accounts with(Limit limit, long max) {
    return new Accounts(new Limits(Map.of(limit, max)), jvm, WINDOW, MOST, notes::add);
  }

  private static Need need(long output) {
    return new Need(0, output, 0, 0, 0);
  }

  private static Reservation spend(Account account, long output) {
    Need need = need(output);
    Budget run = new Budget("", null, account.budget, Limits.NONE);
    Budget.Grant grant = run.reserve(need, 32, 1);
    assertFalse(grant.refused());
    Reservation made = new Reservation(run, need, grant.output(), true);
    run.settle(made, 0, grant.output(), 0);
    return made;
  }

  /** A run of that caller that uses so much, begins and ends then. */
  private void used(String key, long output, long now) {
    Account account = accounts.open(key, now);
    spend(account, output);
    accounts.leave(account, now);
  }

  private long left(String key, long now) {
    Account account = accounts.open(key, now);
    long left = account.budget.remaining(0).get("key.output-tokens").longValue();
    accounts.leave(account, now);
    return left;
  }

  @Test
  void whatACallerUsesCountsOverAllItsRunsAndNobodyElses() {
    used("a", 60, 0);
    assertEquals(40, left("a", 1));
    assertEquals(100, left("b", 1));
    Account again = accounts.open("a", 2);
    Budget run = new Budget("", null, again.budget, Limits.NONE);
    assertEquals(40, run.reserve(need(90), 32, 1).output());
    Budget.Grant refused = run.reserve(need(90), 32, 1);
    assertTrue(refused.refused());
    assertEquals("key.output-tokens", refused.denied().name());
    assertEquals(100, refused.denied().used());
    assertEquals(100, refused.denied().max());
  }

  @Test
  void whoSaysNoKeyHasNoAccount() {
    assertNull(accounts.open("", 0));
    assertNull(new Accounts(Limits.NONE, jvm, WINDOW, MOST, notes::add).open("a", 0));
  }

  @Test
  void aWindowBeginsWithTheFirstRequestAndIsForgottenWhenItIsOver() {
    used("a", 60, 500);
    assertEquals(40, left("a", 500 + WINDOW - 1));
    assertEquals(100, left("a", 500 + WINDOW));
  }

  @Test
  void aRunThatGoesOnIntoTheNextWindowCountsThere() {
    Account account = accounts.open("a", 0);
    spend(account, 60);
    account.turn(WINDOW - 1);
    assertEquals(40L, account.budget.remaining(0).get("key.output-tokens"));
    account.turn(WINDOW);
    assertEquals(100L, account.budget.remaining(0).get("key.output-tokens"));
    spend(account, 70);
    assertSame(account, accounts.open("a", WINDOW + 1));
    assertEquals(30L, account.budget.remaining(0).get("key.output-tokens"));
  }

  @Test
  void whatIsInFlightWhenAWindowEndsIsBookedInTheNext() {
    Account account = accounts.open("a", 0);
    Budget.Grant grant = account.budget.reserve(need(80), 32, 1);
    Reservation made = new Reservation(account.budget, need(80), grant.output(), true);
    account.turn(WINDOW);
    assertEquals(20L, account.budget.remaining(0).get("key.output-tokens"));
    account.budget.settle(made, 0, 50, 0);
    assertEquals(50L, account.budget.remaining(0).get("key.output-tokens"));
  }

  @Test
  void callersThatUsedNothingTakeNoRoom() {
    for (int i = 0; i < 1000; i++) {
      Account account = accounts.open("key" + i, i);
      assertEquals(1, accounts.size());
      accounts.leave(account, i);
    }
    assertEquals(0, accounts.size());
    assertEquals(List.of(), notes);
  }

  @Test
  void oneThatWasUsedIsKeptForItsWindowAndMakesRoomThen() {
    used("a", 10, 0);
    used("b", 10, 1);
    used("c", 10, 2);
    assertEquals(3, accounts.size());
    assertEquals(100, left("d", WINDOW)); // a's window is over.
    assertEquals(2, accounts.size());
    assertEquals(90, left("b", WINDOW));
  }

  @Test
  void whenThereIsNoRoomNewCallersShareOneBudgetAndSomebodyIsTold() {
    used("a", 10, 0);
    used("b", 20, 0);
    used("c", 30, 0);
    used("d", 60, 1);
    used("e", 30, 2);
    assertEquals(10, left("f", 3));
    assertEquals(80, left("b", 3));
    assertEquals(1, notes.size(), notes::toString);
    assertEquals(100, left("d", WINDOW + 1));
  }

  @Test
  void oneWithARunIsNeverLetGoOf() {
    Account live = accounts.open("a", 0);
    used("b", 10, 1);
    used("c", 10, 1);
    assertEquals(100, left("d", 3 * WINDOW));
    assertSame(live, accounts.open("a", 3 * WINDOW));
  }

  @Test
  void anotherKeyWithTheSameHeadIsAnotherCaller() {
    assertNotSame(accounts.open("a", 0), accounts.open("a ", 0));
  }

  @Test
  void itsTimeIsThatInWhichItHasARun() {
    Accounts timed = with(Limit.TIME, 100);
    Account account = timed.open("a", 0);
    assertSame(account, timed.open("a", 10)); // Two at once count once.
    assertEquals(100, account.due(40));
    timed.leave(account, 50);
    timed.leave(account, 60);
    assertNull(account.late(500));
    timed.open("a", 500);
    assertEquals(540, account.due(500));
    assertNull(account.late(539));
    assertNotNull(account.late(540));
    assertNull(account.late(WINDOW)); // In the next window it has its time again.
    assertEquals(WINDOW + 100, account.due(WINDOW));
  }

  @Test
  void manyThreadsOfFewCallersPassNoLimit() throws Exception {
    AtomicLong clock = new AtomicLong();
    AtomicLong[] used = new AtomicLong[MOST];
    for (int i = 0; i < MOST; i++) {
      used[i] = new AtomicLong();
    }
    Accounts many =
        new Accounts(
            new Limits(Map.of(Limit.OUTPUT_TOKENS, 5_000L)), jvm, 1L << 40, MOST, notes::add);
    ExecutorService pool = Executors.newFixedThreadPool(16);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        int caller = i % MOST;
        all.add(
            pool.submit(
                () -> {
                  for (int turn = 0; turn < 2_000; turn++) {
                    Account account = many.open("caller" + caller, clock.incrementAndGet());
                    Budget run = new Budget("", null, account.budget, Limits.NONE);
                    Budget.Grant grant = run.reserve(need(7), 1, 1);
                    if (!grant.refused()) {
                      used[caller].addAndGet(grant.output());
                      run.settle(
                          new Reservation(run, need(7), grant.output(), true),
                          0,
                          grant.output(),
                          0);
                    }
                    many.leave(account, clock.incrementAndGet());
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
    for (AtomicLong each : used) {
      assertEquals(5_000, each.get());
    }
    assertEquals(List.of(), notes);
  }
}
