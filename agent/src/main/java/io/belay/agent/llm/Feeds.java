package io.belay.agent.llm;

/** Chooses how a body is taken apart: by what its head says, else by its first byte. */
final class Feeds {
  private Feeds() {}

  static Feed of(Dialect dialect, Tally tally, ResponseHead head) {
    Feed feed = plain(dialect, tally, head.contentType());
    return switch (head.contentEncoding()) {
      case "", "identity" -> feed;
      case "gzip", "x-gzip" -> new InflateFeed(feed, tally, true);
      case "deflate" -> new InflateFeed(feed, tally, false);
      default -> new OpaqueFeed(tally);
    };
  }

  /** Whether the bytes of a body have to be unpacked. */
  static boolean isPacked(ResponseHead head) {
    String encoding = head.contentEncoding();
    return !encoding.isEmpty() && !encoding.equals("identity");
  }

  private static Feed plain(Dialect dialect, Tally tally, String contentType) {
    return switch (contentType) {
      case "application/x-ndjson", "application/jsonl", "application/x-jsonlines" ->
          new LineFeed(dialect, tally);
      case "application/vnd.amazon.eventstream" -> new EventStreamFeed(dialect, tally);
      default -> new SniffFeed(dialect, tally);
    };
  }

  /**
   * JSON, lines of JSON or events, told by the first byte that is no white space: some gateways
   * call events, too, what is an answer in one piece.
   */
  private static final class SniffFeed implements Feed {
    private final Dialect dialect;
    private final Tally tally;
    private Feed feed;

    SniffFeed(Dialect dialect, Tally tally) {
      this.dialect = dialect;
      this.tally = tally;
      this.feed = this;
    }

    @Override
    public void feed(byte[] b, int from, int to) {
      int i = from;
      while (feed == this && i < to) {
        byte c = b[i];
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
          i++;
        } else if (c == '{' || c == '[') {
          // Ollama sends its lines as application/json, too, when it is told not to stream.
          feed = dialect instanceof Ollama ? new LineFeed(dialect, tally) : json();
        } else {
          feed = new SseFeed(dialect, tally);
        }
      }
      if (i < to) {
        feed.feed(b, i, to);
      }
    }

    @Override
    public long pendingText() {
      return feed == this ? 0 : feed.pendingText();
    }

    private Feed json() {
      return new JsonFeed(dialect, tally);
    }

    @Override
    public void end() {
      if (feed != this) {
        feed.end();
      }
    }
  }

  /** A packing that the JDK cannot open: every byte counts as text. */
  private static final class OpaqueFeed implements Feed {
    private final Tally tally;

    OpaqueFeed(Tally tally) {
      this.tally = tally;
    }

    @Override
    public void feed(byte[] b, int from, int to) {
      tally.unreadable(to - from);
    }

    @Override
    public long pendingText() {
      return 0;
    }

    @Override
    public void end() {
      tally.doubt();
    }
  }
}
