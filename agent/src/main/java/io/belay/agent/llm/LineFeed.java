package io.belay.agent.llm;

/** One JSON document a line (NDJSON); the last line may lack its end. */
final class LineFeed implements Feed {
  private final Dialect dialect;
  private final Tally tally;
  private final Fields fields;
  private final JsonScan scan;
  private final Template template = new Template();
  private boolean fresh = true;
  private boolean blank = true;

  LineFeed(Dialect dialect, Tally tally) {
    this.dialect = dialect;
    this.tally = tally;
    fields = new Fields(tally);
    scan = new JsonScan(dialect.answer(), fields);
    fields.reset();
  }

  @Override
  public void feed(byte[] b, int from, int to) {
    int i = from;
    while (i < to) {
      int start = -1;
      if (fresh) {
        if (template.ready(tally)) {
          i = template.skip(b, i, to, tally);
          if (i == to) {
            return;
          }
        }
        start = i;
        fresh = false;
        blank = true;
        scan.reset();
        fields.reset();
      }
      int stop = i;
      while (stop < to && b[stop] != '\n') {
        stop = b[stop] < ' ' && b[stop] >= 0 ? stop + 1 : Words.withoutControls(b, stop, to);
      }
      blank &= stop == i || stop == i + 1 && b[i] == '\r';
      scan.feed(b, i, stop);
      i = stop;
      if (i < to) {
        i++;
        int before = tally.version();
        line();
        if (tally.version() == before && start >= 0 && scan.complete()) {
          template.learn(b, start, i, start, fields, tally);
        }
        fresh = true;
      }
    }
  }

  private void line() {
    if (scan.complete()) {
      dialect.event(fields, tally);
    } else if (!blank) {
      tally.text(scan.pendingText());
      scan.reset();
      tally.doubt();
    }
  }

  @Override
  public long pendingText() {
    return scan.pendingText();
  }

  @Override
  public void end() {
    if (!fresh && scan.complete()) {
      line();
    }
    fresh = true;
  }
}
