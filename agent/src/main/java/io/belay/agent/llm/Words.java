package io.belay.agent.llm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for bytes eight at a time.
 *
 * <p>The arithmetic is the usual "has a byte less than n" of a word (Anderson, Bit Twiddling
 * Hacks). It may report a byte above a true hit in the same word, which the loop that follows
 * settles.
 */
final class Words {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = ONES * 0x80;
  private static final long QUOTES = ONES * '"';
  private static final long SLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';

  private Words() {}

  /** The first index whose byte ends a plain run of a JSON string: quote, backslash, control. */
  static int plain(byte[] b, int from, int to) {
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long word = (long) WORD.get(b, i);
      long quotes = word ^ QUOTES;
      long slashes = word ^ SLASHES;
      long hits =
          ((quotes - ONES) & ~quotes) | ((slashes - ONES) & ~slashes) | ((word - SPACES) & ~word);
      hits &= HIGHS;
      if (hits != 0) {
        // The lowest hit is always a true one.
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    for (; i < to; i++) {
      byte c = b[i];
      if (c == '"' || c == '\\' || (c >= 0 && c < ' ')) {
        return i;
      }
    }
    return i;
  }

  /** The first index whose byte is a control character. */
  static int withoutControls(byte[] b, int from, int to) {
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long word = (long) WORD.get(b, i);
      long hits = (word - SPACES) & ~word & HIGHS;
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    for (; i < to; i++) {
      byte c = b[i];
      if (c >= 0 && c < ' ') {
        return i;
      }
    }
    return i;
  }
}
