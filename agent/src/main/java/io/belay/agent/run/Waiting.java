package io.belay.agent.run;

import java.util.function.Predicate;

/**
 * Tells whether a thread waits and may be interrupted without harm. An interrupt closes file and
 * socket channels, so a thread that is inside a boundary, or cleans up inside a woven library, is
 * left alone: only sleeping, waiting and parking are interrupted.
 */
final class Waiting {
  /** Names classes inside which nobody is interrupted: those of woven libraries. */
  private static volatile Predicate<String> untouchable = name -> false;

  /** Whoever reads an answer through an adapter is freed by the abort, with the right error. */
  private static final String BODIES = "io.belay.agent.http.";

  private Waiting() {}

  static void untouchable(Predicate<String> classes) {
    untouchable = classes;
  }

  static boolean isIdle(Slot worker) {
    if (worker.call != null) {
      return false;
    }
    Thread.State state = worker.thread.getState();
    if (state != Thread.State.WAITING && state != Thread.State.TIMED_WAITING) {
      return false;
    }
    for (StackTraceElement frame : worker.thread.getStackTrace()) {
      if (frame.getClassName().startsWith(BODIES) || untouchable.test(frame.getClassName())) {
        return false;
      }
    }
    // It may have moved on while the stack was read.
    return worker.call == null;
  }
}
