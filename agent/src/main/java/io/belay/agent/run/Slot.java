package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/**
 * What Belay knows of one thread. Written by that thread alone; the stopper reads {@link #call} and
 * {@link #shield} of others, of threads that wait, and takes what it sees as a hint.
 */
final class Slot {
  final Thread thread;

  /** The run the thread works for; {@code null} for none, which is the root's. */
  @Nullable Run run;

  /** The outermost admitted call that the thread is in, or {@code null}. */
  volatile @Nullable InFlight call;

  /** The innermost shield that the thread is in, or {@code null}. */
  @Nullable Shield shield;

  /** What the thread is at, or {@code null}. */
  @Nullable Work work;

  /** Whether the thread is weaving a class. */
  boolean weaving;

  /** How often in a row this thread was refused: code that swallows refusals pays for them. */
  int refusals;

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
