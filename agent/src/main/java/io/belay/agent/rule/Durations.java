package io.belay.agent.rule;

import java.time.Duration;

/** Reads durations such as {@code 500ms}, {@code 0s}, {@code 2m}, {@code 1h}, {@code 1d}. */
public final class Durations {
  private static final long DAY = 86_400_000;
  private static final long MAX = 36_500 * DAY;

  private Durations() {}

  /**
   * Reads digits, perhaps with underscores, and one unit; no sign, no fraction.
   *
   * @throws IllegalArgumentException saying what is wrong, without a message when it is no duration
   */
  public static Duration parse(String text) {
    String all = text.strip();
    int end = 0;
    long value = 0;
    while (end < all.length() && isDigit(all, end)) {
      char c = all.charAt(end++);
      value = c == '_' ? value : value * 10 + (c - '0');
      if (value > MAX) {
        throw new IllegalArgumentException("it is above 36500d");
      }
    }
    if (all.startsWith("-")) {
      throw new IllegalArgumentException("it is negative");
    }
    if (end > 0 && end == all.length()) {
      throw new IllegalArgumentException("its unit is missing");
    }
    if (end == 0) {
      throw new IllegalArgumentException();
    }
    long unit = unit(all.substring(end));
    if (value > MAX / unit) {
      throw new IllegalArgumentException("it is above 36500d");
    }
    return Duration.ofMillis(value * unit);
  }

  private static boolean isDigit(String text, int i) {
    char c = text.charAt(i);
    return c >= '0' && c <= '9' || c == '_' && i > 0;
  }

  private static long unit(String unit) {
    switch (unit) {
      case "ms":
        return 1;
      case "s":
        return 1_000;
      case "m":
        return 60_000;
      case "h":
        return 3_600_000;
      case "d":
        return DAY;
      default:
        throw new IllegalArgumentException();
    }
  }
}
