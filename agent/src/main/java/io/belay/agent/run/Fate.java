package io.belay.agent.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How a call comes to its end: once, by itself or by an abort.
 *
 * <p>While an abort is under way whoever finishes the call waits for it to return, where an abort
 * that arrives late could hit whatever the connection does next. An abort that hangs is not waited
 * for longer than {@link #ABORT_RETURNS_NANOS}: the application's own thread is worth more.
 */
abstract class Fate extends Link {
  private static final int BEGUN = 0;
  private static final int ABORTING = 1;
  private static final int ABORTED = 2;
  // From here on it is over.
  private static final int COMPLETED = 3;
  private static final int FAILED = 4;
  private static final int CUT = 5;
  private static final int WITHDRAWN = 6;

  private static final long ABORT_RETURNS_NANOS = 2_000_000_000L;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Fate.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile int state;

  /** Who aborts it. A thread only compares it with itself, and always sees its own writes. */
  private @Nullable Thread aborter;

  private volatile @Nullable RuntimeException why;

  /** Ends it through its own handle. May block, may throw, may end the call on this thread. */
  abstract void abortNow();

  /** Whether an abort that comes too late could hit something else. */
  abstract boolean abortCanStray();

  /**
   * Ends it, once; any later call does nothing.
   *
   * @return whether this call was the one that aborted it
   */
  public final boolean abort() {
    return abortFrom(BEGUN, null);
  }

  /**
   * The same, where its reader is to be told of another reason than the stop of its run. May be
   * called by the reader itself.
   */
  final boolean abort(RuntimeException reason) {
    return abortFrom(BEGUN, reason);
  }

  /** What its reader is told when it was aborted for another reason than the stop of its run. */
  final @Nullable RuntimeException why() {
    return why;
  }

  /** Ends it, also when that was tried before: there may have been nothing to abort yet. */
  final void abortAgain() {
    if (!abortFrom(BEGUN, null)) {
      abortFrom(ABORTED, why);
    }
  }

  private boolean abortFrom(int expected, @Nullable RuntimeException reason) {
    if (!STATE.compareAndSet(this, expected, ABORTING)) {
      return false;
    }
    why = reason;
    aborter = Thread.currentThread();
    try {
      abortNow();
    } finally {
      aborter = null;
      STATE.compareAndSet(this, ABORTING, ABORTED);
    }
    return true;
  }

  /** It is refused after all, before anything of it was let out. */
  final void cut() {
    STATE.compareAndSet(this, BEGUN, ABORTED);
  }

  /** It never began; answers whether that was so. */
  final boolean neverBegan() {
    return settle(WITHDRAWN, WITHDRAWN);
  }

  /**
   * It is over.
   *
   * @param failure whether by an error
   * @param whole whether all of the answer has come, so that no abort can have taken any of it
   * @return whether this call was the one that ended it
   */
  final boolean end(boolean failure, boolean whole) {
    return settle(failure ? FAILED : COMPLETED, failure || !whole ? CUT : COMPLETED);
  }

  private boolean settle(int byItself, int afterAbort) {
    long until = 0;
    for (; ; ) {
      int seen = state;
      if (seen >= COMPLETED) {
        return false;
      }
      if (seen == ABORTING && abortCanStray() && aborter != Thread.currentThread()) {
        long now = System.nanoTime();
        until = until == 0 ? now + ABORT_RETURNS_NANOS : until;
        if (now - until < 0) {
          pause();
          continue;
        }
      }
      if (STATE.compareAndSet(this, seen, seen == BEGUN ? byItself : afterAbort)) {
        return true;
      }
    }
  }

  private static void pause() {
    if (Thread.currentThread().isInterrupted()) {
      Thread.yield(); // Parking would return at once.
    } else {
      LockSupport.parkNanos(50_000);
    }
  }

  /** Whether it is over, however it ended. */
  public boolean isOver() {
    return state >= COMPLETED;
  }

  /** Whether nothing has happened to it. */
  final boolean isUntouched() {
    return state == BEGUN;
  }

  /** Whether it was refused after it had joined its run. */
  final boolean isWithdrawn() {
    return state == WITHDRAWN;
  }

  /** Whether an abort has ended it, or is about to. */
  final boolean isAborted() {
    int seen = state;
    return seen == ABORTING || seen == ABORTED || seen == CUT;
  }

  /** How it stands, in the words of the report. */
  final Outcome outcome(boolean mayHaveHappened) {
    return switch (state) {
      case BEGUN, WITHDRAWN -> Outcome.IN_FLIGHT;
      case COMPLETED -> Outcome.COMPLETED;
      case FAILED -> Outcome.FAILED;
      default -> mayHaveHappened ? Outcome.UNKNOWN : Outcome.ABORTED;
    };
  }
}
