package io.belay.agent.run;

import io.belay.api.Reason;
import io.belay.api.Usage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The account of one stop: of a run and of all below it, also of what was being stopped there
 * before. Lives until the runs are forgotten, so it drops what it no longer needs when all is
 * quiet.
 */
public final class Stopping {
  private final Run run;
  private final Stopper stopper;
  private final long stopNanos;
  private final @Nullable Denied spent;
  private final StopUsage usage;
  private final AtomicLongArray refused = new AtomicLongArray(Kind.values().length);
  private final AtomicInteger rolledBack = new AtomicInteger();
  private final Set<Stopping> around = new CopyOnWriteArraySet<>();
  private final CountDownLatch quiet = new CountDownLatch(1);
  private volatile boolean forced;

  /** When a refusal was last on its way to somebody who may wait for it elsewhere. */
  private volatile long toldNanos;

  // What was taken is put into the sets when somebody looks: whoever stops does not wait for that.
  private final List<Run> newMembers = new ArrayList<>(); // Guarded by this.
  private final List<InFlight> newCaught = new ArrayList<>(); // Guarded by this.
  private final Set<Run> members = new LinkedHashSet<>(); // Guarded by this.
  private final Set<InFlight> caught = new LinkedHashSet<>(); // Guarded by this.
  private List<StopReport.Call> settled = List.of(); // Guarded by this.
  private double savedUsd; // Guarded by this.
  private long quietAfterMs = -1; // Guarded by this; -1 until all is quiet.

  /**
   * An account.
   *
   * @param reason a spent budget tells whoever passed it, and that is on its way by now
   * @param spent the limit that it was stopped for; {@code null} for another reason
   */
  Stopping(Run run, Stopper stopper, long stopNanos, Reason reason, @Nullable Denied spent) {
    this.run = run;
    this.spent = spent;
    this.stopper = stopper;
    this.stopNanos = stopNanos;
    this.toldNanos = reason == Reason.BUDGET ? stopNanos : stopNanos - Advance.TELLING;
    this.usage = new StopUsage(run);
  }

  /** The run that was stopped. */
  public Run run() {
    return run;
  }

  /** The limit that it was stopped for; {@code null} if for none. */
  @Nullable Denied spent() {
    return spent;
  }

  long stopNanos() {
    return stopNanos;
  }

  /** Whether nothing of it is at work any more. */
  public boolean isQuiet() {
    return quiet.getCount() == 0;
  }

  /** Waits until it is quiet, or so long; answers whether it is. */
  public boolean awaitQuiet(long timeout, TimeUnit unit) throws InterruptedException {
    return quiet.await(timeout, unit);
  }

  /** What its run has used, calls that are being ended included: as the report says. */
  public Usage used() {
    return usage.used();
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

  /** A refusal is on its way, through whatever the application has put around the call. */
  void telling() {
    toldNanos = run.runs.clock.nanos();
  }

  /** The same of a budget, which comes once and may load the classes that tell of it. */
  void tellingSpent() {
    toldNanos = run.runs.clock.nanos() + Advance.PATIENCE;
  }

  /** Whether one still may be. */
  boolean isTelling(long now) {
    return now - toldNanos < Advance.TELLING;
  }

  /**
   * Runs that are stopped with it, parents before their children, and their calls that had begun.
   *
   * @return {@code false} when the account is closed: all was quiet
   */
  synchronized boolean take(List<Run> stopped, List<InFlight> calls) {
    if (isQuiet()) {
      return false;
    }
    newMembers.addAll(stopped);
    newCaught.addAll(calls);
    usage.take(calls);
    return true;
  }

  /** What it counts is from now on counted there, too: the stop of a run further up. */
  void countIn(Stopping wider) {
    around.add(wider);
  }

  /** All its runs, parents before their children. */
  synchronized List<Run> members() {
    members.addAll(newMembers);
    newMembers.clear();
    return new ArrayList<>(members);
  }

  private synchronized List<InFlight> caught() {
    caught.addAll(newCaught);
    newCaught.clear();
    return new ArrayList<>(caught);
  }

  void refused(Kind kind) {
    refused.incrementAndGet(kind.ordinal());
    for (Stopping wider : around) {
      wider.refused.incrementAndGet(kind.ordinal());
    }
  }

  /** A transaction was rolled back instead of being committed. */
  void rolledBack() {
    rolledBack.incrementAndGet();
    for (Stopping wider : around) {
      wider.rolledBack.incrementAndGet();
    }
  }

  /**
   * All is quiet: keeps the account and lets go of what it was made from.
   *
   * @param seen how many runs were seen quiet
   * @return {@code false} when another run has come since
   */
  boolean close(long nanos, int seen) {
    List<InFlight> calls = caught();
    List<StopReport.Call> told = StopReport.Call.of(calls);
    double saved = saved(calls);
    synchronized (this) {
      if (!newMembers.isEmpty() || members.size() != seen) {
        return false; // Calls come with their run.
      }
      settled = told;
      savedUsd = saved;
      quietAfterMs = Math.max(0, (nanos - stopNanos) / 1_000_000);
      members.clear();
      caught.clear();
      usage.close();
      quiet.countDown();
      return true;
    }
  }

  private static double saved(List<InFlight> calls) {
    double sum = 0;
    for (InFlight call : calls) {
      sum += call.llm.savedUsd(call);
    }
    return sum;
  }

  /** The account as it stands. What it shows of calls and threads is read without any lock. */
  public StopReport report() {
    List<InFlight> open = caught();
    List<Run> runs = members();
    List<StopReport.Call> calls = StopReport.Call.of(open);
    double saved = saved(open);
    long quietAfter;
    synchronized (this) {
      quietAfter = quietAfterMs;
      if (quietAfter >= 0) {
        calls = settled;
        saved = savedUsd;
      }
    }
    return new StopReport(
        run,
        Objects.requireNonNull(run.stopEvent()),
        quietAfter,
        counts(),
        calls,
        rolledBack.get(),
        List.of(),
        usage.atStop(),
        usage.after(),
        saved,
        StopReport.Alive.of(quietAfter >= 0 ? List.of() : runs));
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (Kind kind : Kind.values()) {
      long count = refused.get(kind.ordinal());
      if (count > 0) {
        counts.put(kind.toString(), count);
      }
    }
    return counts;
  }
}
