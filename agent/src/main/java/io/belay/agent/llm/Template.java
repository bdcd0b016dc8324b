package io.belay.agent.llm;

import java.util.Arrays;

/**
 * An event that told nothing but text, remembered with holes where the text stood.
 *
 * <p>Events of a stream differ in their text alone, so the next one is compared with this one
 * instead of being parsed: equal bytes mean equal meaning. Anything else goes the long way. The
 * comparison is exact, no guess: what equals an event without usage has no usage.
 */
final class Template {
  /** What may follow a backslash and stands for one byte. */
  private static final String SIMPLE = "\"\\/bfnrt";

  private byte[] bytes = new byte[512];
  private int length;
  private final int[] holeFrom = new int[8];
  private final int[] holeTo = new int[8];
  private final boolean[] holeText = new boolean[8];
  private final boolean[] holeNumber = new boolean[8];
  private int holes;
  private int version = -1;
  private long text;
  private long pieces;

  boolean ready(Tally tally) {
    return length > 0 && version == tally.version();
  }

  void forget() {
    length = 0;
  }

  /**
   * Remembers the event at {@code from..to}, whose JSON begins at {@code document}.
   *
   * @return false if it has too many holes or is too long to be worth it
   */
  boolean learn(byte[] b, int from, int to, int document, Fields fields, Tally tally) {
    length = 0;
    if (fields.holes > holeFrom.length || to - from > 1 << 14) {
      return false;
    }
    if (bytes.length < to - from) {
      bytes = new byte[Math.max(bytes.length * 2, to - from)];
    }
    System.arraycopy(b, from, bytes, 0, to - from);
    holes = fields.holes;
    for (int i = 0; i < holes; i++) {
      holeFrom[i] = (int) fields.holeFrom[i] + document - from;
      holeTo[i] = (int) fields.holeTo[i] + document - from;
      holeText[i] = fields.holeText[i];
      holeNumber[i] = fields.holeNumber[i];
    }
    length = to - from;
    version = tally.version();
    return true;
  }

  /**
   * Skips as many whole events as look like this one and adds their text to the tally.
   *
   * @return the index behind the last of them; {@code from} if there is none
   */
  int skip(byte[] b, int from, int to, Tally tally) {
    long allText = 0;
    long allPieces = 0;
    int at = from;
    while (true) {
      int end = match(b, at, to, tally);
      if (end < 0) {
        break;
      }
      allText += text;
      allPieces += pieces;
      at = end;
    }
    if (at > from) {
      tally.text(allText, allPieces);
    }
    return at;
  }

  private int match(byte[] b, int from, int to, Tally tally) {
    text = 0;
    pieces = 0;
    int at = from;
    int done = 0;
    for (int i = 0; i < holes; i++) {
      int segment = holeFrom[i] - done;
      if (segment > to - at || !Arrays.equals(bytes, done, done + segment, b, at, at + segment)) {
        return -1;
      }
      at += segment;
      int end = holeNumber[i] ? number(b, at, to) : string(b, at, to, holeText[i]);
      if (end < 0) {
        return -1;
      }
      at = end;
      done = holeTo[i];
    }
    int segment = length - done;
    if (segment > to - at || !Arrays.equals(bytes, done, length, b, at, at + segment)) {
      return -1;
    }
    if (tally.keepsText()) {
      keep(b, from, tally);
    }
    return at + segment;
  }

  private int string(byte[] b, int from, int to, boolean isText) {
    int escapes = 0;
    int end = Words.plain(b, from, to);
    while (end + 1 < to && b[end] == '\\' && SIMPLE.indexOf(b[end + 1]) >= 0) {
      escapes++;
      end = Words.plain(b, end + 2, to);
    }
    // Four hex digits need their grammar checked and their length worked out: the long way.
    if (end == to || b[end] != '"') {
      return -1;
    }
    if (isText && end > from) {
      text += end - from - escapes;
      pieces++;
    }
    return end;
  }

  private static int number(byte[] b, int from, int to) {
    int i = from;
    while (i < to && b[i] >= '0' && b[i] <= '9') {
      i++;
    }
    // No number, a leading zero, or one that may go on in the next bytes.
    return i == from || i == to || (b[from] == '0' && i > from + 1) ? -1 : i;
  }

  /** Walks a matched event once more to hand its text over. */
  private void keep(byte[] b, int from, Tally tally) {
    int at = from;
    int done = 0;
    for (int i = 0; i < holes; i++) {
      at += holeFrom[i] - done;
      int end = at;
      if (holeNumber[i]) {
        while (b[end] >= '0' && b[end] <= '9') {
          end++;
        }
      } else {
        end = Words.plain(b, at, b.length);
        while (b[end] == '\\') {
          end = Words.plain(b, end + 2, b.length);
        }
      }
      if (holeText[i]) {
        tally.raw(b, at, end);
      }
      at = end;
      done = holeTo[i];
    }
  }
}
