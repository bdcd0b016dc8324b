package io.belay.agent.run;

import io.belay.api.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The account of one stop: of a run and of all below it that were not stopped before. Lives until
 * the runs are forgotten, so it drops what it no longer needs when all is quiet.
 */
public final class Stopping {
  private final Run run;
  private final Stopper stopper;
  private final Usage usageAtStop;
  private final AtomicLongArray refused = new AtomicLongArray(Kind.values().length);
  private final AtomicInteger rolledBack = new AtomicInteger();
  private final CountDownLatch quiet = new CountDownLatch(1);
  private final List<StopReport.Call> settled = new ArrayList<>(); // Guarded by this.
  private List<Run> members = new ArrayList<>(); // Guarded by this.
  private List<InFlight> caught = new ArrayList<>(); // Guarded by this.
  private volatile long quietNanos = -1;
  private volatile boolean forced;
  private final long stopNanos;

  Stopping(Run run, Stopper stopper, long stopNanos) {
    this.run = run;
    this.stopper = stopper;
    this.stopNanos = stopNanos;
    this.usageAtStop = run.usage();
  }

  /** The run that was stopped. */
  public Run run() {
    return run;
  }

  long stopNanos() {
    return stopNanos;
  }

  /** Whether nothing of it is at work any more. */
  public boolean isQuiet() {
    return quietNanos >= 0;
  }

  /** Waits until it is quiet, or so long; answers whether it is. */
  public boolean awaitQuiet(long timeout, TimeUnit unit) throws InterruptedException {
    return quiet.await(timeout, unit);
  }

  /** Ends all grace periods. */
  void force() {
    forced = true;
    nudge();
  }

  boolean isForced() {
    return forced;
  }

  void nudge() {
    stopper.nudge();
  }

  synchronized void member(Run stopped) {
    members.add(stopped);
  }

  synchronized List<Run> members() {
    return new ArrayList<>(members);
  }

  /** A call that had begun when the stop came. */
  synchronized void caught(List<InFlight> calls) {
    caught.addAll(calls);
  }

  synchronized List<InFlight> caught() {
    return new ArrayList<>(caught);
  }

  void refused(Kind kind) {
    refused.incrementAndGet(kind.ordinal());
  }

  /** A transaction was rolled back instead of being committed. */
  void rolledBack() {
    rolledBack.incrementAndGet();
  }

  /** All is quiet: keeps the account and lets go of what it was made from. */
  synchronized void quiet(long nanos) {
    for (InFlight call : caught) {
      settled.add(StopReport.Call.of(call));
    }
    caught = List.of();
    members = List.of();
    quietNanos = nanos;
    quiet.countDown();
  }

  /** The account as it stands. */
  public synchronized StopReport report() {
    List<StopReport.Call> calls = new ArrayList<>(settled);
    for (InFlight call : caught) {
      calls.add(StopReport.Call.of(call));
    }
    Map<String, Long> counts = new TreeMap<>();
    for (Kind kind : Kind.values()) {
      if (refused.get(kind.ordinal()) > 0) {
        counts.put(kind.toString(), refused.get(kind.ordinal()));
      }
    }
    return new StopReport(
        run,
        Objects.requireNonNull(run.stopEvent()),
        quietNanos < 0 ? -1 : (quietNanos - stopNanos) / 1_000_000,
        counts,
        calls,
        rolledBack.get(),
        List.of(),
        usageAtStop,
        StopReport.minus(run.usage(), usageAtStop),
        0,
        StopReport.Alive.of(members));
  }
}
