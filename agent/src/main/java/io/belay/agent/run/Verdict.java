package io.belay.agent.run;

/** What was decided about a run, once: that it was stopped, or how it ended by itself. */
sealed interface Verdict permits Stop, Verdict.End {
  /** It ended by itself. */
  enum End implements Verdict {
    COMPLETED,
    FAILED
  }
}
