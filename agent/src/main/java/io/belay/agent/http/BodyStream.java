package io.belay.agent.http;

import io.belay.boot.Tap;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A body as a stream: shows what is read to the tap, tells it of the end, and turns the error by
 * which an abort surfaces into what it means. Reads no further than asked.
 */
final class BodyStream extends InputStream {
  /** How a client closes a body of which something is left. */
  enum Rest {
    /** It reads what has come, and closes the connection if that was not all. */
    WHAT_CAME,
    /** It reads to the end, however long that takes. */
    ALL
  }

  /** Makes a read of what is not there fail instead of waiting; the body is given up then. */
  interface Haste {
    boolean make();
  }

  private static final byte[] NOTHING = new byte[0];

  /** More than this is not read of what nobody asks for, nor for longer. */
  private static final int MOST_UNASKED = 1 << 20;

  private static final long LONGEST_UNASKED = 100_000_000;
  private static final long AT_A_STOP = 5_000_000;

  private final InputStream given;
  private final Tap tap;
  private final boolean shows;
  private final long length;
  private final Rest rest;
  private final @Nullable Haste haste;
  private final boolean counts;
  private final ReentrantLock reading = new ReentrantLock(); // Of what is counted alone.

  @SuppressWarnings("unused") // What is watched must live as long as its stream is held.
  private final @Nullable Object owner;

  private long position;
  private long shown;
  private long marked;
  private byte[] filtered = NOTHING; // What the filter let through and nobody has read yet.
  private int next;
  private boolean ended;
  private boolean givenUp; // Guarded by reading, as what follows.
  private boolean hasty;
  private boolean waits = true; // Not at a stop, for nothing.

  private BodyStream(
      InputStream given,
      Tap tap,
      boolean shows,
      long length,
      Rest rest,
      @Nullable Haste haste,
      @Nullable Object owner) {
    this.haste = haste;
    this.owner = owner;
    this.rest = rest;
    this.given = given;
    this.tap = tap;
    this.shows = shows;
    this.counts = shows && tap.counts();
    this.length = length;
  }

  /**
   * A body that passes the tap here.
   *
   * @param length its length in bytes; -1 when unknown
   * @param rest what its client does by itself when it is closed early
   * @param owner what the application may hold in its place
   */
  static BodyStream tapped(InputStream given, Tap tap, long length, Rest rest, Object owner) {
    return new BodyStream(given, tap, true, length, rest, null, owner);
  }

  /** The same of a client that does not know what has come, since it has yet to be unpacked. */
  static BodyStream tapped(
      InputStream given, Tap tap, long length, @Nullable Haste haste, Object owner) {
    return new BodyStream(given, tap, true, length, Rest.WHAT_CAME, haste, owner);
  }

  /** Whether it is what shows {@code body}. */
  boolean shows(InputStream body) {
    return given == body;
  }

  /** A body that has passed the tap already. */
  static InputStream told(InputStream given, Tap tap) {
    BodyStream told = new BodyStream(given, tap, false, -1, Rest.WHAT_CAME, null, null);
    tap.reader(told);
    return told;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    if (!counts) {
      return readOn(into, offset, count);
    }
    reading.lock();
    try {
      if (givenUp) {
        throw closed();
      }
      return readOn(into, offset, count);
    } finally {
      reading.unlock();
    }
  }

  private int readOn(byte[] into, int offset, int count) throws IOException {
    if (shows && tap.filters()) {
      return readFiltered(into, offset, count);
    }
    int got = pull(into, offset, count);
    if (shows && got > 0) {
      show(into, offset, got);
    }
    return got;
  }

  /** What was read since must not look like the end. */
  private IOException closed() {
    RuntimeException stopped = tap.stopped();
    if (stopped != null) {
      throw stopped;
    }
    return new IOException("stream is closed");
  }

  private void show(byte[] bytes, int offset, int got) {
    position += got;
    int fresh = (int) Math.min(got, position - shown);
    if (fresh > 0) {
      shown = position;
      tap.read(bytes, offset + got - fresh, fresh);
    }
    if (position == length && !givenUp) {
      tap.done(null); // Readers that know the length do not ask for the end.
    }
  }

  private int readFiltered(byte[] into, int offset, int count) throws IOException {
    byte[] raw = next == filtered.length && count > 0 ? new byte[Math.max(count, 512)] : NOTHING;
    while (next == filtered.length && !ended && count > 0) {
      int got = pull(raw, 0, raw.length);
      ended = got < 0;
      filtered = ended ? tap.filter(null, 0, 0) : tap.filter(raw, 0, got);
      next = 0;
    }
    int left = Math.min(count, filtered.length - next);
    if (left == 0 && count > 0) {
      return -1;
    }
    System.arraycopy(filtered, next, into, offset, left);
    next += left;
    return left;
  }

  private int pull(byte[] into, int offset, int count) throws IOException {
    try {
      int got = given.read(into, offset, count);
      if (got < 0 && shows) {
        ended();
      }
      return got;
    } catch (IOException | RuntimeException failure) {
      RuntimeException stopped = tap.stopped();
      tap.done(failure);
      if (stopped != null) {
        stopped.addSuppressed(failure);
        throw stopped;
      }
      throw failure;
    }
  }

  /** Some clients say nothing when less comes than was announced. */
  private void ended() {
    if (length >= 0 && position < length && !tap.filters()) {
      tap.closedEarly();
    } else {
      tap.done(null);
    }
  }

  @Override
  public int available() throws IOException {
    return Math.max(given.available(), filtered.length - next);
  }

  @Override
  public boolean markSupported() {
    return given.markSupported() && !(shows && tap.filters());
  }

  @Override
  public synchronized void mark(int readLimit) {
    marked = position;
    given.mark(readLimit);
  }

  @Override
  public synchronized void reset() throws IOException {
    given.reset();
    position = marked;
  }

  /** Whether somebody is in the middle of a read, who will be told of an abort. */
  boolean isRead() {
    return reading.isLocked();
  }

  /** Counts what has come and nobody will read; answers whether nobody is reading. */
  boolean giveUp(boolean stopped) {
    if (!counts || reading.isHeldByCurrentThread() || !reading.tryLock()) {
      return false;
    }
    try {
      if (!givenUp) {
        givenUp = true;
        waits = !stopped;
        readRest(false);
      }
      return true;
    } finally {
      reading.unlock();
    }
  }

  /**
   * Reads what has come, and what its client would read unseen while it closes the body: that was
   * generated, and comes over the line all the same.
   */
  private void readRest(boolean toTheEnd) {
    try {
      byte[] scrap = new byte[8192];
      long until = System.nanoTime() + (waits ? LONGEST_UNASKED : AT_A_STOP);
      int left = MOST_UNASKED;
      int got = 0;
      while (got >= 0
          && !tap.isOver()
          && (toTheEnd || (left > 0 && System.nanoTime() - until < 0 && isThere()))) {
        got = given.read(scrap, 0, scrap.length);
        left -= got;
        if (got < 0 && !givenUp) {
          ended();
        } else if (got > 0 && tap.filters()) {
          tap.filter(scrap, 0, got);
        } else if (got > 0) {
          show(scrap, 0, got);
        }
      }
    } catch (IOException | RuntimeException broken) {
      // It is closed as far as it came.
    }
  }

  private boolean isThere() throws IOException {
    if (given.available() > 0) {
      return true;
    }
    hasty = hasty || (waits && haste != null && haste.make());
    return hasty;
  }

  @Override
  public void close() throws IOException {
    if (counts && !tap.isOver() && tap.stopped() == null && reading.tryLock()) {
      try {
        if (!givenUp) {
          readRest(rest == Rest.ALL);
        }
      } finally {
        reading.unlock();
      }
    }
    try {
      given.close();
    } finally {
      tap.closedEarly();
    }
  }

  @Override
  public String toString() {
    return String.valueOf((@Nullable Object) given);
  }
}
