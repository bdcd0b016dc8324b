package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.api.Reason;
import io.belay.api.RunStoppedException;
import io.belay.api.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The races of CONCURRENCY.md, each run many times from one starting gun. What must hold is checked
 * after every round; nothing is measured and nothing waits for a time.
 */
class ProtocolTest {
  /** Rounds of each race; more with {@code -Dbelay.races=}. */
  private static final int ROUNDS = Integer.getInteger("belay.races", 500);

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  /** Starts all at the same moment and waits for them. */
  private <T> List<T> race(List<Callable<T>> racers) throws Exception {
    CyclicBarrier gun = new CyclicBarrier(racers.size());
    List<Future<T>> running = new ArrayList<>();
    for (Callable<T> racer : racers) {
      running.add(
          threads.submit(
              () -> {
                gun.await();
                return racer.call();
              }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> each : running) {
      results.add(each.get());
    }
    return results;
  }

  @Test
  void aCallThatPassesIsInTheAccountOfTheStop() throws Exception {
    int passed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Bench bench = new Bench();
      Bench.Boundary sql = bench.boundary(Kind.SQL);
      Frame frame = bench.open("a");
      Run run = bench.run("a");
      bench.leave();
      Callable<List<InFlight>> caller =
          () -> {
            List<InFlight> begun = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
              InFlight next = enter(run, sql);
              if (next == null) {
                break;
              }
              begun.add(next);
            }
            return begun;
          };
      Callable<List<InFlight>> stopper =
          () -> {
            bench.stop(run);
            return List.of();
          };
      Set<InFlight> began = new HashSet<>();
      race(List.of(caller, stopper)).forEach(began::addAll);
      passed += began.isEmpty() ? 0 : 1;
      assertEquals(began, Set.copyOf(run.inFlight.snapshot()));
      assertEquals(began.size(), run.stopping().report().inFlight().size());
      began.forEach(call -> call.done(null));
      frame.exit(null, null);
      bench.leave();
      bench.step();
      assertEquals(Status.STOPPED, run.status());
      assertEquals(began.size(), run.stopping().report().inFlight().size());
    }
    assertTrue(passed > 0, "no call ever won the race, so nothing was tried");
  }

  /** The call, or {@code null} when it was refused. */
  private static InFlight enter(Run run, Bench.Boundary boundary) {
    Slot slot = Carrier.slot();
    slot.run = run;
    slot.refusals = 0;
    try {
      return boundary.enter("SELECT 1");
    } catch (RunStoppedException refused) {
      return null;
    } finally {
      slot.run = null;
      slot.callIs(null);
    }
  }

  @Test
  void aStopReachesAChildThatBeginsOrTheChildSeesIt() throws Exception {
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Bench bench = new Bench();
      Bench.Boundary sql = bench.boundary(Kind.SQL);
      Frame top = bench.open("top");
      Frame middle = bench.open("middle");
      bench.leave();
      Run stopped = bench.run("top");
      Run parent = bench.run("middle");
      List<Frame> before = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        before.add(open(bench, parent, "before"));
      }
      AtomicBoolean acknowledged = new AtomicBoolean();
      Callable<Frame> child =
          () -> {
            boolean late = acknowledged.get();
            Frame begun = open(bench, parent, "child");
            assertFalse(late && begun != null, "a child began after the acknowledgement");
            return begun;
          };
      Callable<Frame> stopper =
          () -> {
            bench.stop(stopped);
            acknowledged.set(true);
            // Also where somebody else is still on the way down.
            for (Frame each : before) {
              assertTrue(each.run.isStopping(), "acknowledged, and a run below goes on");
            }
            return null;
          };
      Callable<Frame> other =
          () -> {
            bench.stop(parent);
            return null;
          };
      List<Frame> frames = race(List.of(child, stopper, other, child));
      for (Run run : bench.runs.live()) {
        assertEquals(run != bench.runs.root(), run.isStopping(), run.id());
        assertEquals(null, run == bench.runs.root() ? null : enter(run, sql));
      }
      for (Frame frame : frames) {
        refused += frame == null ? 1 : 0;
        exit(frame);
      }
      before.forEach(ProtocolTest::exit);
      middle.exit(null, null);
      top.exit(null, null);
      bench.leave();
      bench.step();
      bench.step();
      assertEquals(List.of(bench.runs.root()), List.copyOf(bench.runs.live()));
      assertEquals(List.of(), bench.faults);
    }
    assertTrue(refused > 2 * ROUNDS, "no child was ever refused, so nothing was tried");
  }

  private static Frame open(Bench bench, Run parent, String id) {
    Slot slot = Carrier.slot();
    slot.run = parent;
    slot.refusals = 0;
    try {
      return bench.open(id);
    } catch (RunStoppedException refused) {
      return null;
    } finally {
      slot.run = null;
      slot.work = null;
      slot.callIs(null);
    }
  }

  private static void exit(Frame frame) {
    if (frame != null) {
      frame.exit(null, null);
      Carrier.slot().run = null;
    }
  }

  @Test
  void aRunThatEndsTakesNobodyOutOfTheSightOfAStop() throws Exception {
    int ended = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Bench bench = new Bench();
      Bench.Boundary sql = bench.boundary(Kind.SQL);
      Frame top = bench.open("top");
      Frame middle = bench.open("middle");
      bench.leave();
      Run above = bench.run("top");
      Run ending = bench.run("middle");
      ConcurrentLinkedQueue<InFlight> calls = new ConcurrentLinkedQueue<>();
      Callable<Frame> end =
          () -> {
            middle.exit(null, null);
            Carrier.slot().run = null;
            return null;
          };
      // A continuation of the run that nobody waited for.
      Callable<Frame> child = () -> open(bench, ending, "child");
      Callable<Frame> call =
          () -> {
            InFlight begun = enter(ending, sql);
            if (begun != null) {
              calls.add(begun);
            }
            return null;
          };
      List<Frame> frames = race(List.of(end, child, call));
      ended += ending.status() == Status.COMPLETED ? 1 : 0;
      // Whoever joined, wherever it went: the run above it sees it.
      bench.stop(above);
      for (InFlight begun : calls) {
        assertTrue(begun.run().isStopping(), "a call is in a run that no stop reaches");
      }
      assertEquals(calls.size(), above.stopping().report().inFlight().size());
      for (Run run : bench.runs.live()) {
        assertEquals(run != bench.runs.root(), run.isStopping(), run.id());
      }
      calls.forEach(begun -> begun.done(null));
      frames.forEach(ProtocolTest::exit);
      top.exit(null, null);
      bench.leave();
      bench.step();
      bench.step();
      assertEquals(List.of(bench.runs.root()), List.copyOf(bench.runs.live()));
      assertTrue(above.stopping().isQuiet());
    }
    assertTrue(ended > 0, "the run never ended first, so nothing was tried");
  }

  @Test
  void anEndAndAStopDecideOnceBetweenThem() throws Exception {
    Set<Status> seen = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      Bench bench = new Bench();
      Frame frame = bench.open("a");
      Run run = bench.run("a");
      bench.leave();
      List<String> done = new ArrayList<>(); // By whoever ends it, once; read after the race.
      run.onCompletion(() -> done.add("written"));
      Callable<Runs.Answer> end =
          () -> {
            frame.exit(null, null);
            Carrier.slot().run = null;
            return null;
          };
      Callable<Runs.Answer> stop = () -> bench.stop(run);
      List<Runs.Answer> answers = race(List.of(end, stop, stop));
      bench.step();
      boolean stopped = answers.contains(Runs.Answer.ACCEPTED);
      seen.add(run.status());
      assertEquals(stopped ? Status.STOPPED : Status.COMPLETED, run.status());
      assertEquals(stopped ? List.of() : List.of("written"), done);
      assertEquals(stopped, answers.contains(Runs.Answer.ALREADY));
    }
    assertEquals(Set.of(Status.STOPPED, Status.COMPLETED), seen);
  }

  @Test
  void noAbortRunsAfterItsCallIsOver() throws Exception {
    int aborted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Bench bench = new Bench();
      AtomicBoolean over = new AtomicBoolean();
      List<String> strays = new ArrayList<>(); // By the one aborter; read after the race.
      Bench.Boundary sql = bench.boundary(Kind.SQL);
      sql.onAbort =
          () -> {
            for (int i = 0; i < 5_000 && strays.isEmpty(); i++) {
              if (over.get()) {
                strays.add("an abort goes on although its call is over");
              }
            }
          };
      Frame frame = bench.open("a");
      Run run = bench.run("a");
      bench.leave();
      InFlight call = enter(run, sql);
      Callable<Void> finish =
          () -> {
            call.exit(null, null);
            over.set(true);
            return null;
          };
      Callable<Void> abort =
          () -> {
            call.abort();
            return null;
          };
      Callable<Void> again =
          () -> {
            call.abortAgain();
            return null;
          };
      race(List.of(finish, round % 2 == 0 ? abort : again));
      aborted += sql.aborted.size();
      assertEquals(List.of(), strays);
      assertTrue(call.isOver());
      assertTrue(run.inFlight.isEmpty());
      frame.exit(null, null);
      bench.leave();
    }
    assertTrue(aborted > 0, "no abort ever won the race, so nothing was tried");
  }

  @Test
  void stoppingTheWholeJvmRacesWithEverythingThatBegins() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Bench bench = new Bench();
      Bench.Boundary sql = bench.boundary(Kind.SQL);
      Run root = bench.runs.root();
      Callable<Object> caller = () -> enter(null, sql);
      Callable<Object> child = () -> open(bench, null, "child");
      Callable<Object> stopper = () -> bench.runs.stop(root, Reason.SHUTDOWN, "test", "", false);
      List<Object> results = race(List.of(caller, child, stopper));
      assertEquals(results.get(0) == null ? 0 : 1, root.stopping().report().inFlight().size());
      if (results.get(0) instanceof InFlight call) {
        call.done(null);
      }
      exit((Frame) results.get(1));
      bench.step();
      bench.step();
      assertEquals(Status.STOPPED, root.status());
      assertEquals(List.of(root), List.copyOf(bench.runs.live()));
    }
  }
}
