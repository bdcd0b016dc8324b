package io.belay.agent.run;

import java.util.Map;

/**
 * Limits of one run, by name without {@code belay.budget.}; in tokens, calls, pico-dollars and
 * nanoseconds.
 */
public record Limits(Map<String, Long> values) {
  /** No limit. */
  public static final Limits NONE = new Limits(Map.of());
}
