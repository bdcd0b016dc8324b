package io.belay.agent.rule;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What can be limited. Money is counted in pico-dollars, time in nanoseconds. */
public enum Limit {
  /** Tokens sent. */
  INPUT_TOKENS("input-tokens"),
  /** Tokens received. */
  OUTPUT_TOKENS("output-tokens"),
  /** Both. */
  TOTAL_TOKENS("total-tokens"),
  /** Their price. */
  COST_USD("cost-usd"),
  /** LLM calls. */
  LLM_CALLS("llm-calls"),
  /** Tool calls. */
  TOOL_CALLS("tool-calls"),
  /** Wall time since the run began. */
  TIME("time");

  private static final double PICO = 1e12;
  private static final int PICO_DIGITS = 12;
  private static final double NANOS_PER_MILLI = 1e6;

  private final String key;

  Limit(String key) {
    this.key = key;
  }

  /** Its name in the configuration, without {@code belay.budget.}. */
  public String key() {
    return key;
  }

  /** The limit of that name, or {@code null}. */
  public static @Nullable Limit of(String key) {
    for (Limit limit : values()) {
      if (limit.key.equals(key)) {
        return limit;
      }
    }
    return null;
  }

  /** The same as {@link #shown}, for people: never as a power of ten. */
  public String text(long counted) {
    return this == COST_USD
        ? BigDecimal.valueOf(counted, PICO_DIGITS).stripTrailingZeros().toPlainString()
        : shown(counted).toString();
  }

  /** A counted amount in the unit that people use: US dollars, milliseconds, tokens, calls. */
  public Number shown(long counted) {
    return switch (this) {
      case COST_USD -> counted / PICO;
      case TIME -> (long) (counted / NANOS_PER_MILLI);
      default -> counted;
    };
  }
}
