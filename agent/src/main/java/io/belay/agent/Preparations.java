package io.belay.agent;

import io.belay.agent.run.CallSite;
import org.jspecify.annotations.Nullable;

/** What precedes a refusal, by the names that boundaries use. */
final class Preparations {
  private Preparations() {}

  static CallSite.@Nullable Refusal named(String name) {
    return switch (name) {
      case "" -> null;
      default -> throw new IllegalArgumentException("no preparation is named " + name);
    };
  }
}
