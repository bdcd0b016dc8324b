package io.belay.agent.llm;

/** The header of a gzip member, one byte at a time. */
final class GzipHead {
  private static final int FIXED = 10;
  private static final int CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private int read;
  private int flags;
  private int skip;
  private int extraLength;
  private int extraRead;
  private boolean done;

  boolean done() {
    return done;
  }

  void reset() {
    read = 0;
    skip = 0;
    extraLength = 0;
    extraRead = 0;
    done = false;
  }

  /** False if this is no gzip. */
  boolean next(byte c) {
    if (read < FIXED) {
      if (read == 0 && c != 0x1f || read == 1 && c != (byte) 0x8b || read == 2 && c != 8) {
        return false;
      }
      if (read == 3) {
        flags = c;
      }
      read++;
    } else if (skip > 0) {
      skip--;
    } else if ((flags & EXTRA) != 0) {
      extraLength |= (c & 0xff) << 8 * extraRead;
      if (++extraRead == 2) {
        flags &= ~EXTRA;
        skip = extraLength;
      }
    } else if ((flags & NAME) != 0) {
      flags &= c == 0 ? ~NAME : ~0;
    } else if ((flags & COMMENT) != 0) {
      flags &= c == 0 ? ~COMMENT : ~0;
    } else if ((flags & CHECKSUM) != 0) {
      flags &= ~CHECKSUM;
      skip = 1;
    }
    done = read == FIXED && skip == 0 && (flags & (EXTRA | NAME | COMMENT | CHECKSUM)) == 0;
    return true;
  }
}
