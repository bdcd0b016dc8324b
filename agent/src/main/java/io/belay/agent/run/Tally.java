package io.belay.agent.run;

/**
 * How often many threads come by somewhere, for a person to read. Each counts in a place that few
 * others have, by plain writes, and two of those at the same moment may count as one: an exact
 * adder's locked instruction was a tenth of what a request cost.
 */
final class Tally {
  private static final int PLACES = 16; // A power of two.

  /** As many of them as fill the line of a processor's cache. */
  private static final int APART = 8;

  private final long[] counts = new long[PLACES * APART];

  void add() {
    // Thread.getId is the only identity that Java 17 and later both have; neighbours spread.
    @SuppressWarnings("deprecation")
    long id = Thread.currentThread().getId();
    counts[(int) (id & PLACES - 1) * APART]++;
  }

  long sum() {
    long sum = 0;
    for (int place = 0; place < PLACES; place++) {
      sum += counts[place * APART];
    }
    return sum;
  }
}
