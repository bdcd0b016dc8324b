package io.belay.agent.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What Belay knows of one thread. Written by that thread alone; the stopper reads {@link #call} and
 * {@link #shield} of others, of threads that wait, and takes what it sees as a hint.
 */
final class Slot {
  private static final VarHandle CALL;

  static {
    try {
      CALL = MethodHandles.lookup().findVarHandle(Slot.class, "call", InFlight.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final Thread thread;

  /** The run the thread works for; {@code null} for none, which is the root's. */
  @Nullable Run run;

  /** The outermost admitted call that the thread is in, or {@code null}. */
  volatile @Nullable InFlight call;

  /** The innermost shield that the thread is in, or {@code null}. */
  @Nullable Shield shield;

  /** What the thread is at, or {@code null}. */
  @Nullable Work work;

  /** The request that the thread was dispatched to answer, or {@code null}. */
  @Nullable Served request;

  /** Whether the thread is weaving a class. */
  boolean weaving;

  /** How often in a row this thread was refused: code that swallows refusals pays for them. */
  int refusals;

  /**
   * Sets {@link #call}, without making the writer wait until all processors have seen it: whoever
   * needs to be sure finds the call in its run.
   */
  void callIs(@Nullable InFlight now) {
    CALL.setRelease(this, now);
  }

  /** The thread turns to {@code piece}; what it was at before is in an {@link Outer}. */
  void enter(Work piece, @Nullable Shield under) {
    run = piece.run;
    call = null;
    work = piece;
    shield = under;
  }

  /** Whether the thread is at nothing of any run. */
  boolean isFree() {
    return run == null && work == null && call == null && shield == null;
  }

  Slot(Thread thread) {
    this.thread = thread;
  }

  Slot(Thread thread, Work work) {
    this.thread = thread;
    this.run = work.run;
    this.work = work;
  }
}
