package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/**
 * What was decided about a run, once: that it was stopped, or how it ended by itself. An {@link
 * Ending} is no decision yet.
 */
sealed interface Verdict permits Stop, Verdict.End, Verdict.Ending {
  /** It ended by itself. */
  enum End implements Verdict {
    COMPLETED,
    FAILED
  }

  /**
   * Somebody is about to end the run, if nobody joins meanwhile. Whoever joins calls it off. Each
   * attempt is an object of its own, so that an end which was called off cannot be mistaken for a
   * later one.
   */
  final class Ending implements Verdict {}

  /** Whether this is final. */
  static boolean isDecided(@Nullable Verdict verdict) {
    return verdict instanceof Stop || verdict instanceof End;
  }
}
