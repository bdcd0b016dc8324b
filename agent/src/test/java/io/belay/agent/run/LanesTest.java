package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.api.Reason;
import io.belay.api.RunStoppedException;
import io.belay.api.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The races of {@link Lane}, as {@link ProtocolTest} has those of the rest. */
class LanesTest {
  private static final int ROUNDS = Integer.getInteger("belay.races", 300);

  /** More statements than a thread has to make before it gets a lane. */
  private static final int ENOUGH = 40;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Random random = new Random(5);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  /** A statement's site in a bench; what it is asked to abort is told to {@code onAbort}. */
  private static final class Statements {
    final Bench bench = new Bench();
    final SqlSite site;
    Runnable onAbort = () -> {};

    Statements() {
      site =
          new SqlSite(
              bench.runs.gatekeeper(),
              "jdbc",
              "Statement.execute",
              SqlSite.Source.ARGUMENT,
              new StatementTexts(),
              rows -> {},
              (self, args, thread) -> onAbort.run());
      bench.runs.gatekeeper().take(site);
    }

    Object enter() {
      return bench.runs.gatekeeper().enter(site.number(), this, new Object[] {"SELECT 1"});
    }

    void exit(Object ticket) {
      bench.runs.gatekeeper().exit(ticket, null, null);
    }

    /** Makes so many that the thread has a lane. */
    void warm() {
      for (int i = 0; i < ENOUGH; i++) {
        exit(enter());
      }
      assertNotNull(Carrier.slot().lane, "the thread has no lane, so nothing is tried");
    }
  }

  /** What became of a caller that went on until it was refused, holding one call open. */
  private record Caller(int begun, boolean held, boolean late) {
    static Caller goOn(Statements sql, int hold, AtomicBoolean acknowledged) {
      int begun = 0;
      boolean held = false;
      boolean late = false;
      try {
        for (; ; begun++) {
          boolean before = acknowledged.get();
          Object ticket = sql.enter();
          late |= before;
          if (begun == hold) {
            while (!acknowledged.get()) {
              Thread.onSpinWait();
            }
            held = true;
          }
          sql.exit(ticket);
        }
      } catch (RunStoppedException refused) {
        return new Caller(begun, held, late);
      }
    }
  }

  @Test
  void aStatementThatIsHeldIsInTheAccountAndNoneBeginsLater() throws Exception {
    int held = 0;
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Statements sql = new Statements();
      CyclicBarrier gun = new CyclicBarrier(2);
      AtomicBoolean acknowledged = new AtomicBoolean();
      int hold = random.nextInt(1_000);
      Future<Caller> caller =
          threads.submit(
              () -> {
                Frame frame = sql.bench.open("a");
                try {
                  sql.warm();
                  gun.await();
                  return Caller.goOn(sql, hold, acknowledged);
                } finally {
                  frame.exit(null, null);
                }
              });
      gun.await();
      Run run = sql.bench.run("a");
      pause(random.nextInt(3_000));
      sql.bench.stop(run);
      acknowledged.set(true);
      Caller was = caller.get();
      held += was.held() ? 1 : 0;
      refused += was.held() ? 0 : 1;
      check(was, run);
      sql.bench.step();
      assertEquals(Status.STOPPED, run.status());
      assertEquals(List.of(), sql.bench.faults);
    }
    assertTrue(
        held > 0 && refused > 0, held + " held and " + refused + " not: one side is untried");
  }

  @Test
  void theSameWhereAThreadWorksForNoRunAndTheWholeJvmIsStopped() throws Exception {
    int held = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Statements sql = new Statements();
      CyclicBarrier gun = new CyclicBarrier(2);
      AtomicBoolean acknowledged = new AtomicBoolean();
      int hold = random.nextInt(1_000);
      Future<Caller> caller =
          threads.submit(
              () -> {
                sql.warm();
                gun.await();
                return Caller.goOn(sql, hold, acknowledged);
              });
      gun.await();
      Run root = sql.bench.runs.root();
      pause(random.nextInt(3_000));
      sql.bench.runs.stop(root, Reason.SHUTDOWN, "test", "", false);
      acknowledged.set(true);
      Caller was = caller.get();
      held += was.held() ? 1 : 0;
      check(was, root);
      assertEquals(List.of(), sql.bench.faults);
    }
    assertTrue(held > 0, "no call was ever held, so nothing was tried");
  }

  private static void check(Caller was, Run run) {
    assertFalse(was.late(), "a statement began after the acknowledgement");
    int told = run.stopping().report().inFlight().size();
    assertTrue(told <= 1, told + " statements of one thread are in the account");
    assertTrue(!was.held() || told == 1, "a statement was in flight and is not in the account");
    assertTrue(run.inFlight.isEmpty(), "a statement is over and still in its run");
    for (StopReport.Call call : run.stopping().report().inFlight()) {
      assertEquals(Outcome.COMPLETED, call.outcome());
    }
  }

  /** Turns a little, for races: no time is measured. */
  private static void pause(int turns) {
    for (int i = 0; i < turns; i++) {
      Thread.onSpinWait();
    }
  }

  @Test
  void noAbortRunsWhenTheThreadIsAtItsNextStatement() throws Exception {
    int aborted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Statements sql = new Statements();
      AtomicBoolean over = new AtomicBoolean();
      List<String> strays = new ArrayList<>(); // By the one aborter; read after the race.
      AtomicBoolean tried = new AtomicBoolean();
      sql.onAbort =
          () -> {
            tried.set(true);
            for (int i = 0; i < 5_000 && strays.isEmpty(); i++) {
              if (over.get()) {
                strays.add("an abort goes on although its statement is over");
              }
            }
          };
      CyclicBarrier gun = new CyclicBarrier(2);
      Future<Void> caller =
          threads.submit(
              () -> {
                Frame frame = sql.bench.open("a");
                sql.warm();
                Object ticket = sql.enter();
                gun.await(); // The stop.
                gun.await(); // The abort.
                sql.exit(ticket);
                over.set(true);
                frame.exit(null, null);
                return null;
              });
      gun.await();
      Run run = sql.bench.run("a");
      sql.bench.stop(run);
      List<InFlight> calls = run.inFlight.snapshot();
      assertEquals(1, calls.size());
      gun.await();
      calls.get(0).abort();
      caller.get();
      aborted += tried.get() ? 1 : 0;
      assertEquals(List.of(), strays);
      assertTrue(run.inFlight.isEmpty());
    }
    assertTrue(aborted > 0, "no abort ever won the race, so nothing was tried");
  }

  @Test
  void aCallIsTheSameObjectUntilSomebodySeesIt() {
    Statements sql = new Statements();
    Frame frame = sql.bench.open("a");
    sql.warm();
    Slot slot = Carrier.slot();
    Object first = sql.enter();
    InFlight call = slot.call();
    sql.exit(first);
    Object second = sql.enter();
    assertSame(call, slot.call());
    List<StopReport.Call> shown = frame.run.calls();
    assertEquals(1, shown.size());
    assertEquals("SELECT ?", shown.get(0).target());
    sql.exit(second);
    assertTrue(call.isOver());
    assertEquals(List.of(), frame.run.calls());
    Object third = sql.enter();
    assertFalse(call == slot.call(), "what somebody has seen stands for another statement");
    sql.exit(third);
    frame.exit(null, null);
    sql.bench.leave();
    assertEquals(Status.COMPLETED, frame.run.status());
  }

  @Test
  void aThreadThatTurnedToSomethingElseMeanwhileIsInNoStatementAfterwards() {
    Statements sql = new Statements();
    Frame frame = sql.bench.open("a");
    sql.warm();
    Slot slot = Carrier.slot();
    Object ticket = sql.enter();
    InFlight call = slot.call();
    Outer before = Outer.of(slot);
    slot.callIs(null);
    before.back(slot);
    assertSame(call, slot.call());
    sql.exit(ticket);
    assertNull(slot.call());
    frame.exit(null, null);
    sql.bench.leave();
  }
}
