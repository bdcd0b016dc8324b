package io.belay.agent.control;

import io.belay.agent.run.Clock;
import java.util.Map;

/**
 * A token bucket: so many requests a second, twice as many at once. There is one for questions and
 * one for commands, so that a flood of questions never keeps a stop from being heard.
 */
final class Rate {
  static final int PER_SECOND = 1000;
  private static final double MOST = 2.0 * PER_SECOND;

  private final Clock clock;
  private double left = MOST; // Guarded by this.
  private long filled; // Guarded by this.

  Rate(Clock clock) {
    this.clock = clock;
    this.filled = clock.nanos();
  }

  /** Takes one, or throws the answer 429. */
  synchronized void take() {
    long now = clock.nanos();
    left = Math.min(MOST, left + (now - filled) / 1e9 * PER_SECOND);
    filled = now;
    if (left < 1) {
      throw new Problem(
          429,
          "more than " + PER_SECOND + " requests a second; ask again later",
          Map.of("Retry-After", "1"));
    }
    left--;
  }
}
