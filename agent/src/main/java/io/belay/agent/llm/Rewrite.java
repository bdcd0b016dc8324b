package io.belay.agent.llm;

/** What became of the wish to change a request. */
public sealed interface Rewrite {

  /**
   * The body may go out as it is.
   *
   * @param outputBound the most output tokens the call can produce; -1 if nothing bounds it
   */
  record Unchanged(long outputBound) implements Rewrite {}

  /**
   * Send these bytes instead; all that was not asked to change is as it was, byte for byte.
   *
   * @param bytes the new body, the caller's to keep
   * @param outputBound the most output tokens the call can now produce; -1 if nothing bounds it
   * @param usageAdded whether the answer will carry a usage chunk that the application did not ask
   *     for, see {@link UsageChunkFilter}
   */
  record Body(byte[] bytes, long outputBound, boolean usageAdded) implements Rewrite {}

  /**
   * The limit cannot be put into this request without guessing or breaking it.
   *
   * @param reason one sentence, lower case, without a stop
   * @param useless whether its provider gives no answer that short: a stream would be cut while the
   *     model still thinks
   */
  record Refused(String reason, boolean useless) implements Rewrite {
    Refused(String reason) {
      this(reason, false);
    }
  }
}
