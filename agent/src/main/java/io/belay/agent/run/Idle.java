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
 * <p>Where requests overlap there is always a run, and neither beginning nor ending takes the lock;
 * where they seldom do, it is not said each time that none is left.
 */
final class Idle {
  private static final Idle JVM = new Idle();

  /** So often it says so each time, and from then on once in {@link #SELDOM} and one. */
  private static final int OFTEN = 1000;

  static final int SELDOM = 63;

  private final AtomicInteger runs = new AtomicInteger();
  private int rests; // Read and written without order.

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
    if (runs.decrementAndGet() == 0 && isWorthIt()) {
      rest();
    }
  }

  /**
   * Where one run has followed upon another so often, as requests do that a server answers one by
   * one, the next is about to begin: its threads would only meet at the lock.
   */
  private boolean isWorthIt() {
    int before = rests;
    rests = before == Integer.MAX_VALUE ? OFTEN : before + 1; // By the way; one may be lost.
    return before < OFTEN || (before & SELDOM) == 0;
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
