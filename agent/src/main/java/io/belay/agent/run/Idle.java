package io.belay.agent.run;

import io.belay.boot.Gate;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether no thread can be at work for a run, so that nothing that changes hands need be asked
 * about: the one question that work of no run has to pay for.
 *
 * <p>What woven code asks is a plain field of the gate. A thread is at work for a run because it
 * has begun that, or because of something that was handed to it since; either way it has seen the
 * field written by {@link #begun}, and nothing can have changed it back before that run is over.
 * After a stop nothing changes it back at all: what is left of a stopped run stays refused.
 *
 * <p>Where requests overlap there is always a run, and neither beginning nor ending takes the lock.
 */
final class Idle {
  private static final Idle JVM = new Idle();

  private final AtomicInteger runs = new AtomicInteger();

  /** Whether the field may say so; written under the lock, and to true before the runs are read. */
  private volatile boolean mayRest = true;

  /** The JVM's; another one is for tests of the order alone. */
  Idle() {}

  /** A run is about to begin, or something else that is to be asked about from now on. */
  static void begun() {
    JVM.begin();
  }

  /** A run is over that was not stopped. */
  static void ended() {
    JVM.end();
  }

  void begin() {
    runs.incrementAndGet();
    if (mayRest) {
      wake();
    }
  }

  void end() {
    if (runs.decrementAndGet() == 0) {
      rest();
    }
  }

  /** The field first: whoever reads that it may not say so must find that it does not. */
  private synchronized void wake() {
    Gate.idle(false);
    mayRest = false;
  }

  /** Says that it might before it looks: whoever has begun meanwhile either is seen or waits. */
  private synchronized void rest() {
    mayRest = true;
    if (runs.get() == 0) {
      Gate.idle(true);
    } else {
      wake();
    }
  }
}
