package io.belay.agent.rule;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Limits by what they limit; what is absent is not limited. */
public record Limits(Map<Limit, Long> values) {
  /** No limit. */
  public static final Limits NONE = new Limits(Map.of());

  private static final long[] UNLIMITED = new long[Limit.values().length];

  static {
    Arrays.fill(UNLIMITED, Long.MAX_VALUE);
  }

  /** Keeps a copy. */
  public Limits {
    values = values.isEmpty() ? Map.of() : Map.copyOf(values);
  }

  /** By the limits' ordinals, the largest number for what is not limited; not to be written to. */
  public long[] table() {
    if (values.isEmpty()) {
      return UNLIMITED;
    }
    long[] table = UNLIMITED.clone();
    values.forEach((limit, value) -> table[limit.ordinal()] = value);
    return table;
  }

  /** Both: of each limit, the tighter one. */
  public Limits and(Limits other) {
    if (values.isEmpty() || other.values.isEmpty()) {
      return values.isEmpty() ? other : this;
    }
    Map<Limit, Long> both = new EnumMap<>(values);
    other.values.forEach((limit, max) -> both.merge(limit, max, Math::min));
    return new Limits(both);
  }
}
