package io.belay.agent.run;

/** What became of a call that was in flight when a stop came. */
public enum Outcome {
  /** It is still going on. */
  IN_FLIGHT("in-flight"),
  /** It was answered. */
  COMPLETED("completed"),
  /** It ended in an error that was not our doing. */
  FAILED("failed"),
  /** It was ended before it could change anything: unsent, or of a kind that changes nothing. */
  ABORTED("aborted"),
  /** It was sent and ended without an answer: it may have happened. */
  UNKNOWN("unknown");

  private final String text;

  Outcome(String text) {
    this.text = text;
  }

  /** The word used in reports. */
  @Override
  public String toString() {
    return text;
  }
}
