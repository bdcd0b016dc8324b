package io.belay.agent.llm;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a model costs. All rates are whole pico-dollars (10<sup>-12</sup> US dollars) a token, so
 * that sums are exact; a dollar per million tokens is 1,000,000 of them.
 *
 * @param input rate of input tokens
 * @param output rate of output tokens
 * @param cacheRead rate of input read from a cache
 * @param cacheWrite rate of input written to a cache
 * @param cacheWriteHour rate of input written to a cache for an hour
 * @param reasoning rate of reasoning tokens
 * @param maxOutput the most output tokens the model can produce; -1 if unknown
 * @param tiers dearer rates for long input, by rising threshold
 */
public record Price(
    long input,
    long output,
    long cacheRead,
    long cacheWrite,
    long cacheWriteHour,
    long reasoning,
    long maxOutput,
    List<Tier> tiers) {

  /** Rates of the whole call once its input exceeds {@code above} tokens. */
  public record Tier(long above, long input, long output, long cacheRead, long cacheWrite) {}

  /** Keeps its own copy of the tiers. */
  public Price {
    tiers = List.copyOf(tiers);
  }

  /** The cost of a usage in pico-dollars; {@link Long#MAX_VALUE} if it is more than that. */
  public long picoDollars(Usage usage) {
    long in = input;
    long out = output;
    long read = cacheRead;
    long write = cacheWrite;
    long hour = cacheWriteHour;
    long think = reasoning;
    for (Tier tier : tiers) {
      if (usage.input() > tier.above) {
        in = tier.input;
        out = tier.output;
        read = tier.cacheRead;
        write = tier.cacheWrite;
        // No table has a rate of its own for these above a threshold.
        hour = Math.max(hour, write);
        think = Math.max(think, out);
      }
    }
    long written = Math.min(usage.cacheWrite(), usage.cacheWriteHour());
    long thought = Math.min(usage.output(), usage.reasoning());
    long sum = times(usage.freshInput(), in);
    sum = plus(sum, times(usage.cacheRead(), read));
    sum = plus(sum, times(usage.cacheWrite() - written, write));
    sum = plus(sum, times(written, hour));
    sum = plus(sum, times(usage.output() - thought, out));
    return plus(sum, times(thought, think));
  }

  /** The dearest rate an input token can have in a call of at most that much input. */
  public long worstInputRate(long input) {
    long worst = Math.max(Math.max(this.input, cacheWrite), Math.max(cacheRead, cacheWriteHour));
    for (Tier tier : tiers) {
      if (input > tier.above) {
        worst = Math.max(worst, Math.max(tier.input, tier.cacheWrite));
      }
    }
    return worst;
  }

  /** The dearest rate an output token can have in a call of at most that much input. */
  public long worstOutputRate(long input) {
    long worst = Math.max(output, reasoning);
    for (Tier tier : tiers) {
      if (input > tier.above) {
        worst = Math.max(worst, tier.output);
      }
    }
    return worst;
  }

  /** An amount in US dollars, exactly. */
  public static BigDecimal dollars(long picoDollars) {
    return BigDecimal.valueOf(picoDollars, 12).stripTrailingZeros();
  }

  private static long times(long tokens, long rate) {
    return Math.multiplyHigh(tokens, rate) != 0 || tokens * rate < 0
        ? Long.MAX_VALUE
        : tokens * rate;
  }

  private static long plus(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
