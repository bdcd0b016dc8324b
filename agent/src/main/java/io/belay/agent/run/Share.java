package io.belay.agent.run;

/**
 * How much of the room for output one call takes that says no limit: a part, so that others find
 * some, too.
 *
 * @param parties among how many it is shared
 * @param fans whether as many more may follow as are in flight already: each then leaves its part
 *     to those behind it
 */
record Share(long parties, boolean fans) {
  /** Whoever does not wait is taken for so many. */
  private static final long AT_ONCE = 4;

  /** Output of an answer that is rarely longer; what is left to others is not taken from it. */
  private static final long ENOUGH = 1024;

  /** Output of a brief answer: better than none, and than the end of all that are under way. */
  private static final long BRIEF = 256;

  /** Of somebody who does not wait for the answer, and may ask for many. */
  static final Share OF_MANY = new Share(AT_ONCE, true);

  private static final Share ALL = new Share(1, false);

  static Share among(long parties) {
    return parties == 1 ? ALL : new Share(parties, false);
  }

  /**
   * @param room what is left
   * @param open how many calls are in flight there
   */
  long of(long room, long open) {
    if (!fans) {
      return room / parties;
    }
    long least = open < parties ? ENOUGH : BRIEF;
    return Math.max(room / (parties + open), Math.min(room, least));
  }
}
