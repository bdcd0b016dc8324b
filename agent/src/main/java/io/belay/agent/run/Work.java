package io.belay.agent.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work of a run: a task from the moment it was handed over, a thread, an entry point. As
 * long as one is in its run's chain the run is not over. Carried tasks extend it, so that carrying
 * costs one object.
 */
class Work extends Link {
  private static final int IDLE = 0;
  private static final int WAKING = 1;
  private static final int WOKEN = 2;
  private static final int OVER = 3;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Work.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final Run run;

  /** What to cancel while it is queued; the thread that was started; {@code null} for others. */
  volatile @Nullable Object owner;

  /** The state of the thread that is at it; {@code null} while it waits for one. */
  volatile @Nullable Slot slot;

  private volatile int state;

  Work(Run run) {
    this.run = run;
  }

  /** Whether the run waits for it: a daemon thread holds a run as little as it holds a JVM. */
  boolean holds() {
    return true;
  }

  /** Puts it among its run's work, before anybody else can see it. */
  final void join() {
    if (run.above() != null) {
      run.work.add(this);
    }
  }

  /** Takes it out for good; the run may end by this. Answers whether it still was in. */
  final boolean leave() {
    boolean was = run.work.remove(this);
    if (was) {
      run.lessToDo();
    }
    return was;
  }

  /** Called by the thread that is about to do it. */
  final void begin(Slot worker) {
    slot = worker;
  }

  /**
   * Called by the same thread when it is done. After it returns no interrupt of ours can reach the
   * thread any more, and one that came is taken back: a pooled thread must not keep it.
   */
  final void finish() {
    for (; ; ) {
      int seen = state;
      if (seen == WAKING) {
        Thread.onSpinWait(); // The waker only has to return from interrupt().
      } else if (STATE.compareAndSet(this, seen, OVER)) {
        if (seen == WOKEN) {
          Thread.interrupted();
        }
        slot = null;
        return;
      }
    }
  }

  /**
   * Interrupts the thread that is at it, unless that thread has left. Called by the stopper alone.
   *
   * @return whether the thread was interrupted
   */
  final boolean wake() {
    Slot worker = slot;
    int seen = state;
    if (worker == null || (seen != IDLE && seen != WOKEN)) {
      return false;
    }
    if (!STATE.compareAndSet(this, seen, WAKING)) {
      return false;
    }
    worker.thread.interrupt();
    state = WOKEN;
    return true;
  }
}
