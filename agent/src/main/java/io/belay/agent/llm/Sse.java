package io.belay.agent.llm;

/**
 * Splits a stream of bytes into server-sent events as the WHATWG standard says: lines end in CR, LF
 * or CRLF, a leading byte order mark is dropped, comments and unknown fields are skipped, one space
 * behind the colon is dropped, an event ends at an empty line, and one that never ends is no event.
 *
 * <p>Data bytes are handed on as they come; several data lines are joined by LF. Nothing is kept.
 */
final class Sse {

  /** Where the data of events goes. */
  interface Data {
    /** The first data line of an event begins at index {@code at} of the current bytes. */
    void begin(int at);

    void data(byte[] b, int from, int to);
  }

  private enum Line {
    BOM,
    START,
    NAME,
    SPACE,
    DATA,
    SKIP
  }

  private static final byte[] NEWLINE = {'\n'};
  private static final byte[] FIELD = {'d', 'a', 't', 'a'};

  private final Data sink;
  private Line line = Line.BOM;
  private int bom;
  private boolean afterCr;
  private int nameLength;
  private boolean isData;
  private int dataLines;
  private boolean ended;
  private boolean dispatched;

  Sse(Data sink) {
    this.sink = sink;
  }

  /** Whether the last {@link #next} stopped behind an empty line. */
  boolean ended() {
    return ended;
  }

  /** Whether the event that ended there had data. */
  boolean dispatched() {
    return dispatched;
  }

  /** How many data lines the event that ended, or goes on, has had. */
  int dataLines() {
    return dataLines;
  }

  /** Between two events, with nothing of the next one read. */
  boolean atEventStart() {
    return line == Line.START && !afterCr && ended;
  }

  /** Whether a LF as the next byte would still belong to the line end before it. */
  boolean afterCr() {
    return afterCr;
  }

  /** Reads to the end of the bytes or behind the next empty line; returns how far it came. */
  int next(byte[] b, int from, int to) {
    if (ended && from < to) {
      if (afterCr && b[from] == '\n') {
        afterCr = false;
        dispatched = false;
        return from + 1;
      }
      ended = false;
      dispatched = false;
      dataLines = 0;
    }
    int i = from;
    while (i < to) {
      byte c = b[i];
      if (afterCr) {
        afterCr = false;
        if (c == '\n') {
          i++;
          continue;
        }
      }
      switch (line) {
        case BOM -> i = byteOrderMark(c, i);
        case DATA, SKIP -> {
          int stop = lineEnd(b, i, to);
          if (line == Line.DATA && stop > i) {
            sink.data(b, i, stop);
          }
          i = stop;
          if (i < to) {
            endLine(b[i++]);
          }
        }
        case SPACE -> {
          if (c == ' ') {
            i++;
          }
          if (isData) {
            beginData(i);
          }
          line = isData ? Line.DATA : Line.SKIP;
        }
        default -> {
          if (c == '\n' || c == '\r') {
            i++;
            if (endNameOrBlank(c, i)) {
              return i;
            }
          } else {
            name(c);
            i++;
          }
        }
      }
    }
    return i;
  }

  private int byteOrderMark(byte c, int i) {
    byte[] mark = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    if (c == mark[bom]) {
      if (++bom == 3) {
        line = Line.START;
      }
      return i + 1;
    }
    // Part of a mark and then something else is a field nobody knows.
    nameLength = bom;
    isData = bom == 0;
    line = bom == 0 ? Line.START : Line.NAME;
    return i;
  }

  private void name(byte c) {
    if (line == Line.START) {
      line = Line.NAME;
      nameLength = 0;
      isData = true;
    }
    if (c == ':') {
      isData &= nameLength == FIELD.length;
      line = nameLength == 0 ? Line.SKIP : Line.SPACE;
      return;
    }
    isData &= nameLength < FIELD.length && c == FIELD[nameLength];
    nameLength++;
  }

  /** True if the line was empty, so that the event ends. */
  private boolean endNameOrBlank(byte c, int next) {
    afterCr = c == '\r';
    if (line == Line.START) {
      ended = true;
      dispatched = dataLines > 0;
      return true;
    }
    if (isData && nameLength == FIELD.length) {
      beginData(next);
    }
    line = Line.START;
    return false;
  }

  private void endLine(byte c) {
    afterCr = c == '\r';
    line = Line.START;
  }

  private void beginData(int at) {
    if (dataLines++ == 0) {
      sink.begin(at);
    } else {
      sink.data(NEWLINE, 0, 1);
    }
  }

  private static int lineEnd(byte[] b, int from, int to) {
    int i = Words.withoutControls(b, from, to);
    while (i < to) {
      byte c = b[i];
      if (c == '\n' || c == '\r') {
        return i;
      }
      i = Words.withoutControls(b, i + 1, to);
    }
    return i;
  }
}
