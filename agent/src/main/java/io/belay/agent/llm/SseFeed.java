package io.belay.agent.llm;

/** Events of a server-sent stream, each of them one JSON document or {@code [DONE]}. */
final class SseFeed implements Feed, Sse.Data {
  private static final byte[] SENTINEL = {'[', 'D', 'O', 'N', 'E', ']'};

  private final Dialect dialect;
  private final Tally tally;
  private final Fields fields;
  private final JsonScan scan;
  private final Sse sse = new Sse(this);
  private final Template template = new Template();
  private int eventFrom = -1;
  private int documentFrom;
  private long dataLength;
  private boolean sentinel;

  SseFeed(Dialect dialect, Tally tally) {
    this.dialect = dialect;
    this.tally = tally;
    fields = new Fields(tally);
    scan = new JsonScan(dialect.answer(), fields);
  }

  @Override
  public void feed(byte[] b, int from, int to) {
    int i = from;
    eventFrom = -1;
    while (i < to) {
      if (sse.atEventStart()) {
        if (template.ready(tally)) {
          i = template.skip(b, i, to, tally);
          if (i == to) {
            return;
          }
        }
        eventFrom = i;
      }
      i = sse.next(b, i, to);
      if (sse.ended() && sse.dispatched()) {
        dispatch(b, i < to && sse.afterCr() && b[i] == '\n' ? i + 1 : i);
        eventFrom = -1;
      }
    }
  }

  @Override
  public void begin(int at) {
    scan.reset();
    fields.reset();
    documentFrom = at;
    dataLength = 0;
    sentinel = true;
  }

  @Override
  public void data(byte[] b, int from, int to) {
    if (sentinel) {
      for (int i = from; i < to && sentinel; i++) {
        long at = dataLength + i - from;
        sentinel = at < SENTINEL.length && b[i] == SENTINEL[(int) at];
      }
    }
    dataLength += to - from;
    scan.feed(b, from, to);
  }

  private void dispatch(byte[] b, int end) {
    if (sentinel && dataLength == SENTINEL.length) {
      tally.terminal();
      dialect.sentinel(tally);
      return;
    }
    if (!scan.complete()) {
      tally.text(scan.pendingText());
      scan.reset();
      if (dataLength > 0) {
        tally.doubt();
      }
      return;
    }
    int before = tally.version();
    dialect.event(fields, tally);
    // The text came in one piece, so the places of the holes are places in b.
    if (tally.version() == before && eventFrom >= 0 && sse.dataLines() == 1) {
      template.learn(b, eventFrom, end, documentFrom, fields, tally);
    }
  }

  @Override
  public long pendingText() {
    return scan.pendingText();
  }

  @Override
  public void end() {
    // An event without its empty line is no event: the standard says to drop it.
  }
}
