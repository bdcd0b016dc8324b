package io.belay.agent.llm;

/**
 * Tokens of one or more LLM calls, normalised so that every provider adds up alike.
 *
 * <p>{@code input} includes cache reads and writes, {@code output} includes reasoning, whatever the
 * provider's own convention is. Negative numbers become 0.
 *
 * @param input all input tokens
 * @param output all output tokens
 * @param cacheRead input tokens served from a prompt cache
 * @param cacheWrite input tokens written to a prompt cache
 * @param cacheWriteHour the part of {@code cacheWrite} kept for an hour, which costs more
 * @param reasoning output tokens the model thought with
 * @param estimated whether any of the numbers is not the provider's own final count
 * @param extra what of it has a price of its own
 */
public record Usage(
    long input,
    long output,
    long cacheRead,
    long cacheWrite,
    long cacheWriteHour,
    long reasoning,
    boolean estimated,
    Extra extra) {

  /** Nothing used. */
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, false);

  /** Raises negative numbers to 0. */
  public Usage {
    input = Math.max(0, input);
    output = Math.max(0, output);
    cacheRead = Math.max(0, cacheRead);
    cacheWrite = Math.max(0, cacheWrite);
    cacheWriteHour = Math.max(0, cacheWriteHour);
    reasoning = Math.max(0, reasoning);
  }

  /** Text at the standard tier. */
  public Usage(
      long input,
      long output,
      long cacheRead,
      long cacheWrite,
      long cacheWriteHour,
      long reasoning,
      boolean estimated) {
    this(input, output, cacheRead, cacheWrite, cacheWriteHour, reasoning, estimated, Extra.NONE);
  }

  /** A guess of input and output, nothing known about caches. */
  public static Usage estimate(long input, long output) {
    return new Usage(input, output, 0, 0, 0, 0, true);
  }

  /** Input and output together. */
  public long total() {
    return sum(input, output);
  }

  /** Input that touched no cache. */
  public long freshInput() {
    return Math.max(0, input - sum(cacheRead, cacheWrite));
  }

  /** The larger of each number; estimated if either is. */
  public Usage atLeast(Usage other) {
    return new Usage(
        Math.max(input, other.input),
        Math.max(output, other.output),
        Math.max(cacheRead, other.cacheRead),
        Math.max(cacheWrite, other.cacheWrite),
        Math.max(cacheWriteHour, other.cacheWriteHour),
        Math.max(reasoning, other.reasoning),
        estimated || other.estimated,
        extra.atLeast(other.extra));
  }

  /** The same numbers with what else there was. */
  public Usage with(Extra other) {
    return other.equals(extra)
        ? this
        : new Usage(
            input, output, cacheRead, cacheWrite, cacheWriteHour, reasoning, estimated, other);
  }

  private static long sum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
