package io.belay.agent.llm;

import java.util.Arrays;

/**
 * Reads one JSON document (RFC 8259) from bytes as they come, in pieces cut anywhere.
 *
 * <p>Keeps a stack of places and the head of the current string, never the document. Strict about
 * grammar, so that what a parser would reject is not half read; lenient about invalid UTF-8, which
 * cannot change a number. After a fault {@link #broken()} stays true until {@link #reset()}.
 */
final class JsonScan {

  /** Told of the values at places with a slot. Offsets count from the document's first byte. */
  interface Sink {
    /** An object or array begins; {@code at} is the offset of its bracket. */
    void open(Shape place, boolean array, long at);

    /** It has ended; {@code end} is the offset behind its bracket. */
    void close(Shape place, long end);

    /**
     * A string has ended.
     *
     * @param from offset of its first byte behind the quote
     * @param to offset of its closing quote
     * @param bytes length in UTF-8 with escapes resolved
     * @param head its first bytes, escapes resolved, {@code min(bytes, HEAD)} of them
     */
    void string(Shape place, long from, long to, long bytes, byte[] head, int headLength);

    /** A number has ended. {@code exact} is false if it is no integer that fits a long. */
    void number(Shape place, long from, long to, long value, boolean exact);

    /** {@code true}, {@code false} or {@code null}, told by its first letter. */
    void literal(Shape place, long from, long to, byte letter);

    /** Raw bytes of a string at a place that wants them, escapes as written. */
    default void run(Shape place, byte[] b, int from, int to) {}
  }

  static final int HEAD = 160;
  private static final int MAX_DEPTH = 512;

  private enum State {
    VALUE,
    VALUE_OR_END,
    KEY,
    KEY_OR_END,
    COLON,
    COMMA_OR_END,
    STRING,
    NUMBER,
    LITERAL,
    DONE,
    BROKEN
  }

  private final Shape root;
  private final Sink sink;
  private State state = State.VALUE;
  private long position;
  private long origin;

  private Shape[] places = new Shape[16];
  private boolean[] arrays = new boolean[16];
  private int depth;
  private Shape place;

  private final byte[] head = new byte[HEAD];
  private int headLength;
  private long stringBytes;
  private long tokenFrom;
  private boolean key;
  private boolean wanted;
  private boolean inText;
  private int escape;
  private int hex;

  private String literal = "";
  private int literalRead;
  private final JsonNumber number = new JsonNumber();

  JsonScan(Shape root, Sink sink) {
    this.root = root;
    this.sink = sink;
    this.place = root;
  }

  void reset() {
    state = State.VALUE;
    position = 0;
    depth = 0;
    place = root;
    escape = 0;
    inText = false;
  }

  /** One whole value has been read, and nothing but white space behind it. */
  boolean complete() {
    return state == State.DONE;
  }

  boolean broken() {
    return state == State.BROKEN;
  }

  /** Nesting at this moment: 0 outside the document's outermost bracket. */
  int depth() {
    return depth;
  }

  /** Bytes of a text that has begun and not ended. */
  long pendingText() {
    return inText ? stringBytes : 0;
  }

  /** Takes more of the document; returns where it broke, {@code to} if it did not. */
  int feed(byte[] b, int from, int to) {
    origin = position - from;
    position += to - from;
    int i = from;
    while (i < to) {
      switch (state) {
        case STRING -> i = inString(b, i, to);
        case NUMBER -> i = inNumber(b, i, to);
        case LITERAL -> inLiteral(b[i], i++);
        case BROKEN -> {
          return i;
        }
        default -> structure(b[i], i++);
      }
    }
    return i;
  }

  private void structure(byte c, int i) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      return;
    }
    switch (state) {
      case VALUE -> value(c, i);
      case VALUE_OR_END -> {
        if (c == ']') {
          close(i);
        } else {
          value(c, i);
        }
      }
      case KEY, KEY_OR_END -> {
        if (c == '"') {
          startString(i, true);
        } else if (c == '}' && state == State.KEY_OR_END) {
          close(i);
        } else {
          state = State.BROKEN;
        }
      }
      case COLON -> state = c == ':' ? State.VALUE : State.BROKEN;
      case COMMA_OR_END -> {
        boolean array = arrays[depth - 1];
        if (c == ',') {
          state = array ? State.VALUE : State.KEY;
          if (array) {
            place = places[depth - 1].element();
          }
        } else if (c == (array ? ']' : '}')) {
          close(i);
        } else {
          state = State.BROKEN;
        }
      }
      default -> state = State.BROKEN;
    }
  }

  private void value(byte c, int i) {
    switch (c) {
      case '"' -> startString(i, false);
      case '{', '[' -> open(c == '[', i);
      case 't' -> startLiteral("true", i);
      case 'f' -> startLiteral("false", i);
      case 'n' -> startLiteral("null", i);
      default -> {
        if (number.start(c)) {
          tokenFrom = origin + i;
          state = State.NUMBER;
        } else {
          state = State.BROKEN;
        }
      }
    }
  }

  private void open(boolean array, int i) {
    if (depth == places.length) {
      if (depth == MAX_DEPTH) {
        state = State.BROKEN;
        return;
      }
      places = Arrays.copyOf(places, depth * 2);
      arrays = Arrays.copyOf(arrays, depth * 2);
    }
    places[depth] = place;
    arrays[depth] = array;
    depth++;
    if (place.slot() != Shape.NOTHING) {
      sink.open(place, array, origin + i);
    }
    if (array) {
      place = place.element();
      state = State.VALUE_OR_END;
    } else {
      state = State.KEY_OR_END;
    }
  }

  private void close(int i) {
    Shape closed = places[--depth];
    afterValue();
    if (closed.slot() != Shape.NOTHING) {
      sink.close(closed, origin + i + 1);
    }
  }

  private void afterValue() {
    state = depth == 0 ? State.DONE : State.COMMA_OR_END;
  }

  private void startLiteral(String word, int i) {
    literal = word;
    literalRead = 1;
    tokenFrom = origin + i;
    state = State.LITERAL;
  }

  private void inLiteral(byte c, int i) {
    if (c != literal.charAt(literalRead++)) {
      state = State.BROKEN;
    } else if (literalRead == literal.length()) {
      afterValue();
      if (place.slot() != Shape.NOTHING) {
        sink.literal(place, tokenFrom, origin + i + 1, (byte) literal.charAt(0));
      }
    }
  }

  private int inNumber(byte[] b, int from, int to) {
    int i = from;
    while (i < to && number.next(b[i])) {
      i++;
    }
    if (i < to) {
      // A number at the top is not a document of any dialect; needs an end that never comes.
      if (!number.valid() || depth == 0) {
        state = State.BROKEN;
      } else {
        afterValue();
        if (place.slot() != Shape.NOTHING) {
          boolean exact = number.exact();
          sink.number(place, tokenFrom, origin + i, number.value(), exact);
        }
      }
    }
    return i;
  }

  private void startString(int i, boolean isKey) {
    key = isKey;
    wanted = isKey || place.slot() != Shape.NOTHING;
    inText = !isKey && place.slot() == Slot.TEXT;
    tokenFrom = origin + i + 1;
    headLength = 0;
    stringBytes = 0;
    state = State.STRING;
  }

  private int inString(byte[] b, int from, int to) {
    int i = from;
    while (i < to) {
      if (escape != 0) {
        inEscape(b[i]);
        forward(b, i, i + 1);
        i++;
        if (state == State.BROKEN) {
          return i;
        }
        continue;
      }
      int stop = Words.plain(b, i, to);
      if (stop > i) {
        if (wanted) {
          keep(b, i, stop);
        }
        forward(b, i, stop);
        stringBytes += stop - i;
        i = stop;
        if (i == to) {
          return i;
        }
      }
      byte c = b[i];
      if (c == '"') {
        endString(i);
        return i + 1;
      }
      if (c != '\\') {
        state = State.BROKEN;
        return i;
      }
      forward(b, i, i + 1);
      escape = 1;
      i++;
    }
    return i;
  }

  private void forward(byte[] b, int from, int to) {
    if (!key && place.wantsRuns()) {
      sink.run(place, b, from, to);
    }
  }

  private void endString(int i) {
    if (key) {
      Shape parent = places[depth - 1];
      place = headLength == stringBytes ? parent.child(head, headLength) : parent.rest();
      state = State.COLON;
      return;
    }
    inText = false;
    afterValue();
    if (wanted) {
      sink.string(place, tokenFrom, origin + i, stringBytes, head, headLength);
    }
  }

  private void inEscape(byte c) {
    if (escape == 1) {
      switch (c) {
        case '"', '\\', '/' -> escaped(c);
        case 'b' -> escaped('\b');
        case 'f' -> escaped('\f');
        case 'n' -> escaped('\n');
        case 'r' -> escaped('\r');
        case 't' -> escaped('\t');
        case 'u' -> {
          escape = 2;
          hex = 0;
        }
        default -> state = State.BROKEN;
      }
      return;
    }
    int digit = Character.digit(c, 16);
    if (digit < 0) {
      state = State.BROKEN;
      return;
    }
    hex = hex << 4 | digit;
    if (++escape == 6) {
      escaped(hex);
    }
  }

  private void escaped(int unit) {
    escape = 0;
    if (unit < 0x80) {
      stringBytes++;
      add((byte) unit);
    } else if (unit < 0x800) {
      stringBytes += 2;
      add((byte) (0xc0 | unit >> 6));
      add((byte) (0x80 | unit & 0x3f));
    } else {
      // Two bytes for each half of a surrogate pair: the pair takes four in UTF-8.
      boolean half = Character.isSurrogate((char) unit);
      stringBytes += half ? 2 : 3;
      add((byte) '?');
      add((byte) '?');
      if (!half) {
        add((byte) '?');
      }
    }
  }

  private void add(byte c) {
    if (wanted && headLength < HEAD) {
      head[headLength++] = c;
    }
  }

  private void keep(byte[] b, int from, int to) {
    int n = Math.min(to - from, HEAD - headLength);
    if (n > 0) {
      System.arraycopy(b, from, head, headLength, n);
      headLength += n;
    }
  }
}
