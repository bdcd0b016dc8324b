package io.belay.agent.run;

import java.util.EnumMap;
import java.util.Map;

/** Limits by what they limit; what is absent is not limited. */
public record Limits(Map<Limit, Long> values) {
  /** No limit. */
  public static final Limits NONE = new Limits(Map.of());

  /** Keeps a copy. */
  public Limits {
    values = values.isEmpty() ? Map.of() : Map.copyOf(values);
  }

  /** Both: of each limit, the tighter one. */
  Limits and(Limits other) {
    if (values.isEmpty() || other.values.isEmpty()) {
      return values.isEmpty() ? other : this;
    }
    Map<Limit, Long> both = new EnumMap<>(values);
    other.values.forEach((limit, max) -> both.merge(limit, max, Math::min));
    return new Limits(both);
  }
}
