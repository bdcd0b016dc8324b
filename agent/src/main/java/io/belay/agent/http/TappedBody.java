package io.belay.agent.http;

import io.belay.boot.Tap;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Timeout;

/**
 * A body whose bytes are shown to the tap as the application reads them, and its end. Of one that
 * is closed early it shows what OkHttp reads on by itself to keep the connection.
 */
final class TappedBody extends ResponseBody {
  /** As long as OkHttp has patience with an HTTP/1.1 body; one of HTTP/2 it resets at once. */
  private static final long PATIENCE = 100_000_000;

  private static final long NO_PATIENCE = 1_000_000;

  private final ResponseBody given;
  private final BufferedSource source;
  private final Tapped tapped;
  private final boolean filters;

  /**
   * A body.
   *
   * @param alone whether its connection has no other use meanwhile, as in HTTP/1.1
   * @param cancel ends the exchange
   */
  TappedBody(ResponseBody given, Tap tap, boolean queued, boolean alone, Runnable cancel) {
    this.given = given;
    this.filters = tap.filters();
    tapped = new Tapped(given, tap, filters, queued, alone ? PATIENCE : NO_PATIENCE, cancel);
    this.source = Okio.buffer(tapped);
    tap.reader(tapped);
  }

  /** What the application reads through; whoever holds it may read on. */
  Tapped tapped() {
    return tapped;
  }

  @Override
  public MediaType contentType() {
    return given.contentType();
  }

  @Override
  public long contentLength() {
    return filters ? -1 : given.contentLength();
  }

  @Override
  public BufferedSource source() {
    return source;
  }

  /** Reads no further than asked, so the sender feels the application's own pace. */
  static final class Tapped extends ForwardingSource {
    private final Tap tap;
    private final boolean filters;
    private final boolean queued;
    private final long length;
    private final long patience;
    private final Runnable cancel;
    private final Buffer.UnsafeCursor cursor = new Buffer.UnsafeCursor();
    private final Buffer passed = new Buffer(); // What the filter let through, not yet asked for.
    private long seen;
    private boolean ended;
    private volatile boolean busy; // Of what is counted alone.

    Tapped(
        ResponseBody given,
        Tap tap,
        boolean filters,
        boolean queued,
        long patience,
        Runnable cancel) {
      super(given.source());
      this.cancel = cancel;
      this.patience = patience;
      this.tap = tap;
      this.filters = filters;
      this.queued = queued;
      this.length = given.contentLength();
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      if (!tap.counts()) {
        return readOn(sink, byteCount);
      }
      busy = true;
      try {
        return readOn(sink, byteCount);
      } finally {
        busy = false;
      }
    }

    /**
     * Counts what has come and nobody took, by its size alone: OkHttp's streams bear one thread at
     * a time, and the application may be reading or closing it.
     *
     * @return whether nobody is reading, who would be told of an abort
     */
    boolean giveUp() {
      if (tap.counts() && !tap.isOver()) {
        new OkioBacklog(delegate()).tell(delegate(), tap);
      }
      return !busy;
    }

    private long readOn(Buffer sink, long byteCount) throws IOException {
      if (!filters) {
        long before = sink.size();
        long count = next(sink, byteCount);
        if (count > 0) {
          show(sink, before, count);
        }
        told(count);
        return count;
      }
      while (passed.size() == 0 && !ended) {
        filter(byteCount);
      }
      return passed.read(sink, byteCount);
    }

    private void filter(long byteCount) throws IOException {
      try (Buffer raw = new Buffer()) {
        long count = next(raw, byteCount);
        byte[] bytes = count < 0 ? null : raw.readByteArray();
        passed.write(tap.filter(bytes, 0, bytes == null ? 0 : bytes.length));
        ended = count < 0;
        told(count);
      }
    }

    private long next(Buffer sink, long byteCount) throws IOException {
      try {
        return super.read(sink, byteCount);
      } catch (IOException | RuntimeException e) {
        RuntimeException stopped = tap.stopped();
        tap.done(e);
        if (stopped != null) {
          stopped.addSuppressed(e);
          if (queued) {
            throw OkHttpExchange.failure(stopped);
          }
          throw stopped;
        }
        throw e;
      }
    }

    /** Readers that know the length do not ask for the end. */
    private void told(long count) {
      seen += Math.max(0, count);
      if (count < 0 || seen == length) {
        tap.done(null);
      }
    }

    /** Where the bytes lie, without a copy: a cursor over the buffer's own segments. */
    private void show(Buffer sink, long from, long count) {
      sink.readUnsafe(cursor);
      try {
        cursor.seek(from);
        for (long left = count; ; cursor.next()) {
          int here = (int) Math.min(left, cursor.end - cursor.start);
          tap.read(cursor.data, cursor.start, here);
          left -= here;
          if (left == 0) {
            return;
          }
        }
      } finally {
        cursor.close();
      }
    }

    private void readRest() {
      if (!tap.counts() || tap.isOver() || tap.stopped() != null) {
        return;
      }
      Timeout timeout = timeout();
      boolean limited = timeout.hasDeadline();
      long until = System.nanoTime() + patience;
      long before = limited ? timeout.deadlineNanoTime() : until;
      timeout.deadlineNanoTime(before - until < 0 ? before : until);
      try (Buffer scrap = new Buffer()) {
        for (long count = 0; count >= 0 && !tap.isOver(); scrap.clear()) {
          count = super.read(scrap, 8192);
          if (count > 0 && filters) {
            byte[] bytes = scrap.readByteArray();
            tap.filter(bytes, 0, bytes.length);
          } else if (count > 0) {
            show(scrap, 0, count);
          }
          told(count);
        }
      } catch (IOException | RuntimeException late) {
        // It is closed as far as it came.
      } finally {
        if (limited) {
          timeout.deadlineNanoTime(before);
        } else {
          timeout.clearDeadline();
        }
      }
    }

    /**
     * One that is closed beside its reader breaks in the middle of that, and leaves its connection
     * open: nobody would read what still comes, and its provider would make all of it.
     */
    @Override
    public void close() throws IOException {
      boolean beside = busy;
      if (!beside) {
        readRest();
      }
      giveUp();
      try {
        super.close();
      } finally {
        if (beside) {
          cancel.run();
        }
        tap.closedEarly();
      }
    }
  }
}
