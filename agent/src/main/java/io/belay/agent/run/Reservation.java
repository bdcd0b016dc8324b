package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/**
 * What a call has set aside in its run and everything above it until it is settled.
 *
 * @param budget where; {@code null} when nothing there is limited
 * @param need what was asked for
 * @param output the output that was set aside
 */
public record Reservation(@Nullable Budget budget, Need need, long output) {
  /** The output of a request that says no limit: more than anybody could grant. */
  public static final long UNBOUNDED = 1L << 40;

  /**
   * What one call may use, in the worst case.
   *
   * @param output {@link #UNBOUNDED} when the request does not say
   * @param picoPerInput the dearest price of an input token, in pico-dollars
   * @param toolCalls 1 for a tool call, which needs nothing else
   */
  public record Need(
      long input, long output, long picoPerInput, long picoPerOutput, long toolCalls) {
    /** A tool call. */
    public static Need tool() {
      return new Need(0, 0, 0, 0, 1);
    }

    long llmCalls() {
      return toolCalls > 0 ? 0 : 1;
    }
  }

  /** Whether the request must be lowered: less was set aside than it could use. */
  public boolean clamps() {
    return budget != null && output < need.output();
  }
}
