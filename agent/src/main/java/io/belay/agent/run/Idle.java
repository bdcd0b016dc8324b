package io.belay.agent.run;

import io.belay.boot.Gate;

/**
 * Whether no thread can be at work for a run, so that nothing that changes hands need be asked
 * about: the one question that work of no run has to pay for.
 *
 * <p>What woven code asks is a plain field of the gate. A thread is at work for a run because it
 * has begun that, or because of something that was handed to it since; either way it has seen the
 * field written by {@link #begun}, and nothing can have changed it back before that run is over.
 * After a stop nothing changes it back at all: what is left of a stopped run stays refused.
 */
final class Idle {
  private static int runs; // Guarded by the class's lock.

  private Idle() {}

  /** A run is about to begin, or something else that is to be asked about from now on. */
  static synchronized void begun() {
    runs++;
    Gate.idle(false);
  }

  /** A run is over that was not stopped. */
  static synchronized void ended() {
    runs--;
    Gate.idle(runs == 0);
  }
}
