package io.belay.it.handoff;

import io.belay.api.Belay;
import io.belay.api.Run;
import io.belay.api.RunStoppedException;
import io.belay.api.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What must hold for every hand-off. Each cell throws, or says why it does not apply. */
final class Cells {
  /** A cell of the matrix; answers a reason not to apply, or {@code null} when it holds. */
  interface Cell {
    String check(HandOff handOff) throws Exception;
  }

  /** Seconds; long enough for a loaded machine, and short enough for a broken build. */
  private static final int PATIENCE = Integer.getInteger("cells.patience", 60);

  private static final AtomicInteger IDS = new AtomicInteger();

  private Cells() {}

  /** Those that stop nothing: between them the JVM is idle, as it never is after a stop. */
  static Map<String, Cell> unstopped() {
    Map<String, Cell> all = new LinkedHashMap<>();
    all.put("carriesTheRunAndLeavesNothing", Cells::carriesTheRunAndLeavesNothing);
    all.put("anExceptionLeavesNothing", Cells::anExceptionLeavesNothing);
    all.put("theRunWaitsForTheBody", Cells::theRunWaitsForTheBody);
    return all;
  }

  static Map<String, Cell> all() {
    Map<String, Cell> all = unstopped();
    all.put("aStopWakesABodyThatWaits", Cells::aStopWakesABodyThatWaits);
    all.put("aStopReachesTheNextBoundary", Cells::aStopReachesTheNextBoundary);
    all.put("aQueuedBodyNeverStarts", Cells::aQueuedBodyNeverStarts);
    all.put("theApplicationCanCancel", Cells::theApplicationCanCancel);
    return all;
  }

  /** Without the agent: the body is done, and the stop of its run does not change that. */
  static String control(HandOff handOff) throws Exception {
    Begun run =
        begin(
            handOff,
            CompletableFuture.completedFuture(null),
            current -> {
              current.stop("control");
              Seen seen = new Seen();
              handOff.hand(seen::look);
              seen.await();
            });
    run.entryReturned();
    return null;
  }

  private static String carriesTheRunAndLeavesNothing(HandOff handOff) throws Exception {
    Seen seen = new Seen();
    Begun run = begin(handOff, seen.run, current -> handOff.hand(seen::look));
    expect(run.id, seen.await(), "the body works for");
    run.endsAs(Status.COMPLETED);
    expectNobody(handOff);
    return null;
  }

  private static String anExceptionLeavesNothing(HandOff handOff) throws Exception {
    Seen seen = new Seen();
    Begun run =
        begin(
            handOff,
            seen.run,
            current ->
                handOff.hand(
                    () -> {
                      seen.look();
                      throw new Expected();
                    }));
    expect(run.id, seen.await(), "the body works for");
    run.ends();
    if (handOff.catches() || !handOff.queues()) {
      expectNobody(handOff);
    }
    return null;
  }

  private static String theRunWaitsForTheBody(HandOff handOff) throws Exception {
    Seen seen = new Seen();
    CountDownLatch release = new CountDownLatch(1);
    Begun run =
        begin(
            handOff,
            seen.run,
            current ->
                handOff.hand(
                    () -> {
                      seen.look();
                      uninterruptibly(release);
                    }));
    seen.await();
    if (run.run().status() != Status.RUNNING) {
      throw new AssertionError("the run is over although its body is not");
    }
    release.countDown();
    run.endsAs(Status.COMPLETED);
    return null;
  }

  private static String aStopWakesABodyThatWaits(HandOff handOff) throws Exception {
    Seen seen = new Seen();
    CompletableFuture<Boolean> woken = new CompletableFuture<>();
    Begun run =
        begin(
            handOff,
            seen.run,
            current ->
                handOff.hand(
                    () -> {
                      seen.look();
                      try {
                        new CountDownLatch(1).await();
                        woken.complete(false);
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt(); // As good code does.
                        woken.complete(true);
                      }
                    }));
    seen.await();
    run.run().stop("while it waits");
    if (!woken.get(PATIENCE, TimeUnit.SECONDS)) {
      throw new AssertionError("not interrupted");
    }
    run.endsAs(Status.STOPPED);
    expectNobody(handOff);
    return null;
  }

  private static String aStopReachesTheNextBoundary(HandOff handOff) throws Exception {
    Seen seen = new Seen();
    AtomicBoolean stopped = new AtomicBoolean();
    CompletableFuture<Object> met = new CompletableFuture<>();
    Begun run =
        begin(
            handOff,
            seen.run,
            current ->
                handOff.hand(
                    () -> {
                      seen.look();
                      while (!stopped.get()) {
                        Thread.onSpinWait();
                      }
                      try {
                        Belay.current().check();
                        met.complete("nothing");
                      } catch (RunStoppedException refusal) {
                        met.complete(refusal);
                      }
                    }));
    seen.await();
    run.run().stop("before its next boundary");
    stopped.set(true);
    if (!(met.get(PATIENCE, TimeUnit.SECONDS) instanceof RunStoppedException refusal)
        || !refusal.runId().equals(run.id)) {
      throw new AssertionError("the boundary met " + met.get());
    }
    run.endsAs(Status.STOPPED);
    expectNobody(handOff);
    return null;
  }

  private static String aQueuedBodyNeverStarts(HandOff handOff) throws Exception {
    if (!handOff.queues()) {
      return "it has no queue";
    }
    CountDownLatch release = occupy(handOff);
    AtomicBoolean started = new AtomicBoolean();
    CompletableFuture<Future<?>> future = new CompletableFuture<>();
    CompletableFuture<Void> queued = new CompletableFuture<>();
    Begun run =
        begin(handOff, queued, current -> future.complete(handOff.hand(() -> started.set(true))));
    Future<?> given = future.get(PATIENCE, TimeUnit.SECONDS);
    if (handOff.holds()) {
      run.entryReturned();
    }
    if (run.run().status() != Status.RUNNING) {
      throw new AssertionError("the run is over although its body waits in a queue");
    }
    run.run().stop("while it is queued");
    queued.complete(null);
    run.endsAs(Status.STOPPED);
    if (given != null) {
      await("the future is cancelled", given::isCancelled);
    }
    release.countDown();
    expectNobody(handOff);
    if (started.get()) {
      throw new AssertionError("the body was started");
    }
    return null;
  }

  private static String theApplicationCanCancel(HandOff handOff) throws Exception {
    if (!handOff.queues()) {
      return "it has no queue";
    }
    CountDownLatch release = occupy(handOff);
    AtomicBoolean started = new AtomicBoolean();
    CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    Begun run =
        begin(
            handOff,
            cancelled,
            current -> {
              Future<?> given = handOff.hand(() -> started.set(true));
              cancelled.complete(given != null && given.cancel(true));
            });
    boolean did = cancelled.get(PATIENCE, TimeUnit.SECONDS);
    if (did) {
      run.endsAs(Status.COMPLETED);
    }
    release.countDown();
    run.ends();
    expectNobody(handOff);
    if (did && started.get()) {
      throw new AssertionError("a cancelled body was started");
    }
    return did ? null : "it has no future";
  }

  // ---- what the cells are made of ----

  private static CountDownLatch occupy(HandOff handOff) throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Seen seen = new Seen();
    handOff.hand(
        () -> {
          seen.look();
          uninterruptibly(release);
        });
    expect("jvm", seen.await(), "what is handed over outside any run works for");
    return release;
  }

  private static void expectNobody(HandOff handOff) throws Exception {
    Seen next = new Seen();
    handOff.hand(next::look);
    expect("jvm", next.await(), "the next body, of no run, works for");
    if (next.interrupted) {
      throw new AssertionError("the thread has kept an interrupt");
    }
  }

  /** What a body sees. */
  private static final class Seen {
    private final CompletableFuture<String> run = new CompletableFuture<>();
    private volatile boolean interrupted;

    void look() {
      interrupted = Thread.currentThread().isInterrupted();
      run.complete(Belay.current().id());
    }

    String await() throws Exception {
      return run.get(PATIENCE, TimeUnit.SECONDS);
    }
  }

  interface Entry {
    void run(Run current) throws Exception;
  }

  static final class Begun {
    final String id = "cell-" + IDS.incrementAndGet();
    private final CompletableFuture<Run> run = new CompletableFuture<>();
    private final CompletableFuture<Object> returned = new CompletableFuture<>();

    Run run() throws Exception {
      return run.get(PATIENCE, TimeUnit.SECONDS);
    }

    void entryReturned() throws Exception {
      returned.get(PATIENCE, TimeUnit.SECONDS);
    }

    void ends() throws Exception {
      Run mine = run();
      await("the run ends", () -> mine.status() != Status.RUNNING && !stopping(mine));
    }

    private static boolean stopping(Run run) {
      return run.status() == Status.STOPPING;
    }

    void endsAs(Status status) throws Exception {
      ends();
      expect(status, run().status(), "the run is");
    }
  }

  /**
   * Begins a run on a thread that nobody's thread starts; the cell goes on beside it. Where the
   * hand-off itself does not hold the run, its entry returns only {@code until} then.
   */
  private static Begun begin(HandOff handOff, CompletableFuture<?> until, Entry entry) {
    return begin(
        current -> {
          entry.run(current);
          if (!handOff.holds()) {
            until.get(PATIENCE, TimeUnit.SECONDS);
          }
        });
  }

  /** Begins a run on a thread that nobody's thread starts. */
  static Begun begin(Entry entry) {
    Begun begun = new Begun();
    Callable<Object> inside =
        () -> {
          begun.run.complete(Belay.current());
          entry.run(Belay.current());
          return null;
        };
    Outside.thread(
        () -> {
          try {
            begun.returned.complete(Belay.run(begun.id, inside));
          } catch (Throwable thrown) {
            begun.returned.completeExceptionally(thrown);
          }
        });
    return begun;
  }

  private static void uninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException again) {
        continue;
      }
    }
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("in vain: " + what);
      }
      LockSupport.parkNanos(200_000);
    }
  }

  static void expect(Object expected, Object seen, String what) {
    if (!expected.equals(seen)) {
      throw new AssertionError(what + " " + seen + ", not " + expected);
    }
  }

  /** What a body throws. */
  private static final class Expected extends RuntimeException {
    private static final long serialVersionUID = 1;

    Expected() {
      super("thrown by a body", null, false, false);
    }
  }
}
