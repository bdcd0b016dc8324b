package io.belay.agent.llm;

/**
 * Tokens in what has come of a stream and nobody reads, by its size: as many to a byte as the
 * stream had up to there, or as its dialect has at most where that was too little to tell.
 */
final class Unread {
  /** Fewer tokens say nothing about the size of the next ones. */
  private static final long ENOUGH = 8;

  /** How much smaller an event may become that is packed by itself, as those of streams are. */
  private static final int PACKED = 8;

  private final int usual;
  private long received;
  private long head;
  private long bytes;
  private long readBefore;
  private long most;

  /**
   * Nothing yet.
   *
   * @param usual the fewest bytes that one token takes
   * @param packed whether the bytes are packed
   */
  Unread(int usual, boolean packed) {
    this.usual = packed ? Math.max(1, usual / PACKED) : usual;
  }

  /** So many bytes were read, up to which there was text, or none yet. */
  void came(long count, boolean hasText) {
    received += count;
    if (!hasText) {
      head = received;
    }
  }

  /**
   * So many more have come and are left, of which no more than {@code most} tokens are counted.
   *
   * @param packed whether they would have come here unpacked
   */
  void left(long count, boolean packed, long most) {
    // Its connection may have been closed meanwhile, with what lay there.
    bytes = Math.max(packed ? count * PACKED : count, bytes - (received - readBefore));
    readBefore = received;
    this.most = most;
  }

  /** Whether any are. */
  boolean isLeft() {
    return bytes > 0;
  }

  /** What they come to, when what was read came to so many tokens. */
  long tokens(long counted) {
    long here = bytes - (received - readBefore); // Somebody may have read on all the same.
    if (here <= 0) {
      return 0;
    }
    long span = received - head;
    double each = counted >= ENOUGH && span > 0 ? span / (double) counted : usual;
    return Math.max(0, Math.min((long) Math.ceil(here / each), most - counted));
  }
}
