package io.belay.agent.run;

import io.belay.agent.rule.Limit;
import io.belay.agent.rule.OnExceeded;
import io.belay.api.Reason;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Stops runs whose time is up, or says so. One daemon thread, which exists while any run has a
 * deadline.
 */
final class Deadlines implements Runnable {
  private record Due(Run run, long nanos) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return Long.signum(nanos - other.nanos);
    }
  }

  private final Runs runs;
  private final Budget jvm;
  private final OnExceeded onExceeded;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Due> queue = new PriorityQueue<>(); // Guarded by lock.
  private @Nullable Thread thread; // Guarded by lock.
  private volatile boolean any;

  Deadlines(Runs runs, Budget jvm, OnExceeded onExceeded) {
    this.runs = runs;
    this.jvm = jvm;
    this.onExceeded = onExceeded;
  }

  /** {@code run} has until {@code nanos} on the clock; an earlier deadline of it stays. */
  void set(Run run, long nanos) {
    any = true;
    lock.lock();
    try {
      queue.add(new Due(run, nanos));
      if (thread == null) {
        thread = Threads.start(this, "belay-deadlines");
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** {@code run} has begun: its own limit of time counts from now on, its caller's goes on. */
  void begun(Run run) {
    limited(run);
    setForCaller(run);
  }

  /** The limits of time of {@code run}, or those of the JVM if it is the root, may be new. */
  void limited(Run run) {
    long own = run.budget.max(Limit.TIME);
    long time = run.above() == null ? Math.min(own, jvm.max(Limit.TIME)) : own;
    if (time != Long.MAX_VALUE) {
      set(run, run.startedNanos() + time);
    }
  }

  private void setForCaller(Run run) {
    Account account = run.account;
    long due = account == null ? Long.MAX_VALUE : account.due(runs.clock.nanos());
    if (due != Long.MAX_VALUE) {
      set(run, due);
    }
  }

  /** Looks again whether there is anything left to wait for. */
  void wake() {
    lock.lock();
    try {
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The limit of time that is over for {@code run}, its own or one above; {@code null}: none. */
  @Nullable Denied late(Run run) {
    if (!any) {
      return null;
    }
    long now = runs.clock.nanos();
    for (Run at = run; at != null; at = at.above()) {
      Denied late = at.budget.late(now - at.startedNanos());
      if (late != null) {
        return late;
      }
    }
    Account account = run.account;
    Denied caller = account == null ? null : account.late(now);
    if (caller != null) {
      return caller;
    }
    return jvm.late(now - runs.root().startedNanos()); // The root's own limits have no time.
  }

  @Override
  public void run() {
    for (Due due = next(); due != null; due = next()) {
      Run run = due.run();
      if (Verdict.isDecided(run.verdict)) {
        continue;
      }
      if (late(run) != null) {
        overdue(run);
      } else {
        setForCaller(run); // A new window may have begun meanwhile.
      }
    }
  }

  /**
   * A call of {@code run} found it {@code late} before this thread did: it need not wait for us.
   */
  void met(Run run, Denied late) {
    if (onExceeded == OnExceeded.STOP) {
      Run owner = late.budget() == jvm ? runs.root() : late.owner();
      stop(owner == null ? run : owner);
    }
  }

  private void stop(Run run) {
    runs.stop(run, Reason.DEADLINE, "deadline", "its time is up", false);
  }

  /** Does what the configuration says. Where calls are refused, they are from now on. */
  private void overdue(Run run) {
    if (onExceeded == OnExceeded.STOP && runs.policy.enforce()) {
      stop(run);
    } else {
      if (onExceeded == OnExceeded.STOP) {
        runs.observed().stopped(run, Reason.DEADLINE);
      }
      boolean refuses = onExceeded == OnExceeded.REFUSE && runs.policy.enforce();
      runs.journal()
          .note(
              refuses
                  ? "run " + run.id() + " is out of time: its models and tools are refused"
                  : "run " + run.id() + " passes its budget: its time is up");
    }
  }

  /** Waits for the next run whose time is up; {@code null} when none is left to wait for. */
  private @Nullable Due next() {
    lock.lock();
    try {
      for (; ; ) {
        queue.removeIf(due -> Verdict.isDecided(due.run().verdict));
        Due first = queue.peek();
        if (first == null || runs.isRetired()) {
          thread = null;
          return null;
        }
        long left = first.nanos() - runs.clock.nanos();
        if (left <= 0) {
          return queue.poll();
        }
        // Runs that end meanwhile are let go of at the latest after this long.
        changed.await(Math.min(left, TimeUnit.MINUTES.toNanos(1)), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      thread = null;
      return null;
    } finally {
      lock.unlock();
    }
  }
}
