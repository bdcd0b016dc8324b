package io.belay.agent.control;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One reader of the event stream. Written to by one thread at a time, whichever is free. */
final class Subscriber {
  /** How long a reader may keep a writer waiting before it is dropped, in nanoseconds. */
  static final long PATIENCE = 1_000_000_000L;

  private static final byte[] HELLO = "retry: 1000\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BEAT = ": still here\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] GAP = "event: gap\ndata: {}\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final int BATCH = 64;

  private final Ring ring;
  private final OutputStream out;
  private final Runnable hangUp;

  /** How often it was asked to be written to since a writer last looked; 0 when none is at it. */
  private final AtomicInteger asked = new AtomicInteger();

  private volatile boolean beatDue;
  private long seen; // The writer's alone.

  /**
   * A reader that has seen everything up to {@code seen}.
   *
   * @param missed whether it asked for events that are not kept any more
   * @param hangUp closes the connection
   */
  Subscriber(Ring ring, long seen, boolean missed, OutputStream out, Runnable hangUp)
      throws IOException {
    this.ring = ring;
    this.seen = seen;
    this.out = out;
    this.hangUp = hangUp;
    out.write(HELLO);
    if (missed) {
      out.write(GAP);
    }
    out.flush();
  }

  /** Notes that there is something to write; answers whether a writer has to be sent. */
  boolean ask() {
    return asked.getAndIncrement() == 0;
  }

  void beat() {
    beatDue = true;
  }

  /**
   * Writes what there is, until there is no more.
   *
   * @return whether the reader is still there and keeps up
   */
  boolean write(Watch watch) {
    int round;
    do {
      round = asked.get();
      watch.begin(PATIENCE);
      try {
        writeAll(watch);
      } catch (IOException e) {
        return false;
      } finally {
        watch.end();
      }
    } while (!asked.compareAndSet(round, 0));
    return true;
  }

  private void writeAll(Watch watch) throws IOException {
    if (beatDue) {
      beatDue = false;
      out.write(BEAT);
    }
    for (List<byte[]> next = ring.after(seen, BATCH);
        !next.isEmpty();
        next = ring.after(seen, BATCH)) {
      for (byte[] event : next) {
        out.write(event);
      }
      seen += next.size();
      watch.begin(PATIENCE);
    }
    out.flush();
    if (!ring.reaches(seen)) {
      throw new IOException("too slow: events it has not read are gone");
    }
  }

  void close() {
    hangUp.run();
  }
}
