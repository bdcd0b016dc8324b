package io.belay.agent.run;

import io.belay.agent.rule.Limit;
import org.jspecify.annotations.Nullable;

/**
 * What one caller of this JVM may use in a window of time, over all its runs. A window begins with
 * the caller's first request, and the next one with what it does first when that is over.
 *
 * <p>Its time is the wall time during which it has a run, however many they are.
 */
final class Account {
  final Budget budget;

  /** What it is known by; {@code null} for the one that many share. */
  final @Nullable Object key;

  private final Accounts accounts;

  /** When this window is over. Written under the accounts' lock. */
  private volatile long windowEnds;

  // Guarded by the accounts' lock.
  private int runs;
  private long busySince;
  private long busyBefore;

  Account(Accounts accounts, @Nullable Object key, Budget budget, long windowEnds) {
    this.accounts = accounts;
    this.key = key;
    this.budget = budget;
    this.windowEnds = windowEnds;
  }

  /** Comes before anything is asked of it: what was used in a window that is over is forgotten. */
  void turn(long now) {
    if (isPast(now)) {
      accounts.turn(this, now);
    }
  }

  boolean isPast(long now) {
    return now - windowEnds >= 0;
  }

  /** Begins the next window. Under the accounts' lock. */
  void renew(long now, long window) {
    windowEnds = now + window;
    busySince = now;
    busyBefore = 0;
    budget.renew();
  }

  /** One more of its runs has begun. Under the accounts' lock. */
  void join(long now) {
    if (runs++ == 0) {
      busySince = now;
    }
  }

  /** One of its runs is over. Under the accounts' lock. */
  void leave(long now) {
    if (--runs == 0) {
      busyBefore += now - busySince;
    }
  }

  /** Whether no run of it lives. Under the accounts' lock. */
  boolean isIdle() {
    return runs == 0;
  }

  /** Whether a new account would say the same. Under the accounts' lock. */
  boolean isBlank() {
    return runs == 0 && budget.isUnused() && budget.max(Limit.TIME) == Long.MAX_VALUE;
  }

  /** How long it was busy in this window. Under the accounts' lock. */
  long busy(long now) {
    return busyBefore + (runs == 0 ? 0 : now - busySince);
  }

  /** Its limit of time if that is over; {@code null} when not. */
  @Nullable Denied late(long now) {
    turn(now);
    return budget.late(accounts.busy(this, now));
  }

  /** When its time is up if it goes on without a pause; the largest number without a limit. */
  long due(long now) {
    long max = budget.max(Limit.TIME);
    return max == Long.MAX_VALUE ? max : now + Math.max(0, max - accounts.busy(this, now));
  }
}
