package io.belay.agent.run;

import java.util.List;
import java.util.function.Predicate;

/**
 * Tells whether a thread waits and may be interrupted without harm. An interrupt closes file and
 * socket channels, so a thread that is inside a boundary, or cleans up inside a woven library, is
 * left alone: only sleeping, waiting and parking are interrupted.
 */
final class Waiting {
  /** Names classes inside which nobody is interrupted: those of woven libraries. */
  private static volatile Predicate<String> untouchable = name -> false;

  /**
   * Whoever reads an answer through an adapter is freed by the abort, with the right error; whoever
   * settles a call with its abort, or pays for refusals that it swallowed, waits for a moment only.
   */
  private static final List<String> OURS =
      List.of(
          "io.belay.agent.http.",
          "io.belay.agent.run.InFlight",
          "io.belay.agent.run.CallSite",
          "io.belay.agent.run.Refusals");

  private Waiting() {}

  static void untouchable(Predicate<String> classes) {
    untouchable = classes;
  }

  /** Whether {@code worker} waits for something that a stop may take away from it. */
  static boolean isIdle(Slot worker, long stopNanos, long now) {
    Shield shield = worker.shield;
    InFlight call = worker.call();
    if ((call != null && !call.isAborted()) || (shield != null && shield.holds(stopNanos, now))) {
      return false;
    }
    Thread.State state = worker.thread.getState();
    if (state != Thread.State.WAITING && state != Thread.State.TIMED_WAITING) {
      return false;
    }
    StackTraceElement[] stack = worker.thread.getStackTrace();
    if (call != null) {
      // Its exchange is gone: what sleeps here is a client's pause before it tries again.
      return worker.call() == call && isSleeping(stack);
    }
    for (StackTraceElement frame : stack) {
      String name = frame.getClassName();
      if (isOurs(name) || untouchable.test(name)) {
        return false;
      }
    }
    // It may have moved on while the stack was read.
    return worker.call() == null;
  }

  /** Whether it sleeps, which is no wait for anything that somebody does. */
  static boolean isAsleep(Slot worker) {
    return worker.thread.getState() == Thread.State.TIMED_WAITING
        && isSleeping(worker.thread.getStackTrace());
  }

  private static boolean isOurs(String name) {
    for (String prefix : OURS) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** A virtual thread sleeps in methods of its own class, below those of {@link Thread}. */
  static boolean isSleeping(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      if (!frame.getClassName().equals("java.lang.VirtualThread")) {
        return frame.getClassName().equals("java.lang.Thread")
            && frame.getMethodName().startsWith("sleep");
      }
    }
    return false;
  }
}
