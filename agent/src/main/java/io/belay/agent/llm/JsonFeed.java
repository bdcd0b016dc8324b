package io.belay.agent.llm;

/** One JSON document, or an array of them (Gemini's stream without {@code alt=sse}). */
final class JsonFeed implements Feed {
  private final Dialect dialect;
  private final Tally tally;
  private final Fields fields;
  private final JsonScan scan;

  JsonFeed(Dialect dialect, Tally tally) {
    this.dialect = dialect;
    this.tally = tally;
    fields = new Fields(tally);
    fields.onRoot(this::rootClosed);
    scan = new JsonScan(dialect.answer(), fields);
    fields.reset();
  }

  /** Depth 0: the document itself; depth 1: an element of the array that is the document. */
  private void rootClosed() {
    boolean element = scan.depth() == 1;
    if (element || !fields.rootArray()) {
      fields.setPlain(!element);
      dialect.event(fields, tally);
      fields.reset();
    }
  }

  @Override
  public void feed(byte[] b, int from, int to) {
    boolean before = scan.broken();
    int read = scan.feed(b, from, to);
    if (scan.broken() && !before) {
      tally.doubt();
    }
    // Unreadable from here on: count all of it rather than none.
    tally.unreadable(to - read);
  }

  @Override
  public long pendingText() {
    return scan.pendingText();
  }

  @Override
  public void end() {
    if (!scan.complete()) {
      tally.doubt();
    }
  }
}
