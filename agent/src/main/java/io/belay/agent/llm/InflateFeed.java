package io.belay.agent.llm;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks gzip (RFC 1952) or deflate (RFC 1950, or raw RFC 1951 as many servers send it). */
final class InflateFeed implements Feed {
  private final Feed next;
  private final Tally tally;
  private final boolean gzip;
  private final byte[] out = new byte[4096];
  private final GzipHead head = new GzipHead();
  private Inflater inflater;
  private boolean started;
  private int trailer;
  private boolean broken;

  InflateFeed(Feed next, Tally tally, boolean gzip) {
    this.next = next;
    this.tally = tally;
    this.gzip = gzip;
    inflater = new Inflater(gzip);
  }

  @Override
  public void feed(byte[] b, int from, int to) {
    int i = from;
    while (i < to && !broken) {
      if (trailer > 0) {
        int n = Math.min(trailer, to - i);
        trailer -= n;
        i += n;
      } else if (gzip && !head.done()) {
        broken = !head.next(b[i++]);
      } else {
        i = inflate(b, i, to);
      }
    }
    if (broken) {
      tally.unreadable(to - i);
    }
  }

  private int inflate(byte[] b, int from, int to) {
    if (!started) {
      started = true;
      if (!gzip && (b[from] & 0x0f) != 8) {
        inflater.end();
        inflater = new Inflater(true);
      }
    }
    inflater.setInput(b, from, to - from);
    try {
      int n;
      while ((n = inflater.inflate(out)) > 0) {
        next.feed(out, 0, n);
      }
    } catch (DataFormatException e) {
      fail();
      return to;
    }
    int left = inflater.getRemaining();
    if (inflater.finished()) {
      // Another gzip member may follow behind checksum and length.
      inflater.reset();
      head.reset();
      trailer = gzip ? 8 : Integer.MAX_VALUE;
    } else if (inflater.needsDictionary()) {
      fail();
      return to;
    }
    return to - left;
  }

  private void fail() {
    broken = true;
    tally.doubt();
  }

  @Override
  public long pendingText() {
    return next.pendingText();
  }

  @Override
  public void end() {
    next.end();
    close();
  }

  /** Frees the native memory; further bytes are ignored. */
  void close() {
    broken = true;
    inflater.end();
  }
}
