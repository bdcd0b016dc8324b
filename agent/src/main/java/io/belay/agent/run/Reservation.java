package io.belay.agent.run;

import io.belay.agent.rule.Limit;
import org.jspecify.annotations.Nullable;

/**
 * What a call has set aside in its run and everything above it until it is settled.
 *
 * @param budget where
 * @param need what was asked for
 * @param output the output that was set aside
 * @param tight whether anything in the chain limits output, and is to be kept: then a request that
 *     says no limit, or a higher one, must be given this one
 * @param recording what the recorder answered when it began; {@code null} while nobody records
 */
public record Reservation(
    Budget budget, Need need, long output, boolean tight, @Nullable Object recording) {
  /** The output of a request that says no limit: more than anybody could grant. */
  public static final long UNBOUNDED = 1L << 40;

  Reservation(Budget budget, Need need, long output, boolean tight) {
    this(budget, need, output, tight, null);
  }

  /** The dearest call there is, in pico-dollars: keeps sums of thousands of them in range. */
  static final long DEAREST = 1L << 50;

  /**
   * What one call may use, in the worst case. No number is above {@link #UNBOUNDED}.
   *
   * @param output {@link #UNBOUNDED} when neither request nor model says
   * @param picoPerInput the dearest price of an input token, in pico-dollars
   * @param picoBesides what it costs besides its tokens
   * @param toolCalls 1 for a tool call, which needs nothing else
   */
  public record Need(
      long input,
      long output,
      long picoPerInput,
      long picoPerOutput,
      long picoBesides,
      long toolCalls) {
    /** Numbers from the wire may be absurd; sums of them must not be. */
    public Need {
      input = Math.max(0, Math.min(input, UNBOUNDED));
      output = Math.max(0, Math.min(output, UNBOUNDED));
      picoPerInput = Math.max(0, picoPerInput);
      picoPerOutput = Math.max(0, picoPerOutput);
      picoBesides = Math.max(0, Math.min(picoBesides, DEAREST));
    }

    /** A call that costs its tokens. */
    public Need(long input, long output, long picoPerInput, long picoPerOutput, long toolCalls) {
      this(input, output, picoPerInput, picoPerOutput, 0, toolCalls);
    }

    /** A tool call. */
    public static Need tool() {
      return new Need(0, 0, 0, 0, 1);
    }

    long llmCalls() {
      return toolCalls > 0 ? 0 : 1;
    }

    /** What that much output costs with the input, in pico-dollars, at most {@link #DEAREST}. */
    long cost(long granted) {
      long tokens = product(input, picoPerInput) + product(granted, picoPerOutput);
      return Math.min(DEAREST, tokens + picoBesides);
    }

    /** Adds what a call with that input and output comes to, or with -1 takes it back. */
    void book(long[] to, long inputs, long outputs, long pico, int sign) {
      to[Limit.INPUT_TOKENS.ordinal()] += sign * inputs;
      to[Limit.OUTPUT_TOKENS.ordinal()] += sign * outputs;
      to[Limit.TOTAL_TOKENS.ordinal()] += sign * (inputs + outputs);
      to[Limit.COST_USD.ordinal()] += sign * pico;
      to[Limit.LLM_CALLS.ordinal()] += sign * llmCalls();
      to[Limit.TOOL_CALLS.ordinal()] += sign * toolCalls;
    }

    private static long product(long tokens, long pico) {
      // A product of more than 64 bits is too dear, whatever it is. Cheaper than a division.
      long product = tokens * pico;
      return Math.multiplyHigh(tokens, pico) == 0 && product >= 0
          ? Math.min(product, DEAREST)
          : DEAREST;
    }
  }

  /** What is still to be set aside for a call whose provider has said what it used. */
  Reservation narrowed(LlmMeter.Booked used) {
    Need known = new Need(used.input(), used.output(), 0, 0, used.picoUsd(), 0);
    return new Reservation(budget, known, known.output(), tight, recording);
  }

  /** Whether the request must be lowered: less was set aside than it could use. */
  public boolean clamps() {
    return tight && output < need.output();
  }
}
