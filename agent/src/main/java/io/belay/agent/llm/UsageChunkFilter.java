package io.belay.agent.llm;

import java.io.IOException;
import java.util.Arrays;

/**
 * Takes the usage chunk out of an OpenAI stream whose request was made to ask for it, so that an
 * application which did not ask and reads {@code choices[0]} never meets a chunk without choices.
 *
 * <p>Removed is exactly the event whose {@code choices} is an empty array and whose {@code usage}
 * is an object. The {@code "usage":null} on the other chunks stays: a parser that reads an absent
 * member reads a null one, and removing it would mean changing events in the middle.
 *
 * <p>An event cut by the end of the bytes waits only while it can still be that one: until its
 * first choice. A parser can do nothing with part of an event, so this delays nobody. Not for
 * several threads at once.
 */
public final class UsageChunkFilter {

  /** Where the bytes go on to. */
  @FunctionalInterface
  public interface Output {
    void write(byte[] b, int off, int len) throws IOException;
  }

  private static final Shape SHAPE =
      new Shape()
          .put(Slot.CHOICE, "choices")
          .put(Slot.TEXT_OBJECT, "choices[]")
          .put(Slot.USAGE, "usage");

  private final Chunk chunk = new Chunk();
  private final JsonScan scan = new JsonScan(SHAPE, chunk);
  private final Sse sse =
      new Sse(
          new Sse.Data() {
            @Override
            public void begin(int at) {
              scan.reset();
            }

            @Override
            public void data(byte[] b, int from, int to) {
              scan.feed(b, from, to);
            }
          });

  private byte[] held = {};
  private int heldLength;
  private boolean passing;
  private boolean dropLf;
  private boolean fresh = true;

  /** What is known of the event being read. */
  private static final class Chunk implements JsonScan.Sink {
    private boolean choices;
    private boolean choice;
    private boolean usage;

    void reset() {
      choices = false;
      choice = false;
      usage = false;
    }

    @Override
    public void open(Shape place, boolean array, long at) {
      choices |= place.slot() == Slot.CHOICE && array;
      choice |= place.slot() == Slot.TEXT_OBJECT;
      usage |= place.slot() == Slot.USAGE && !array;
    }

    @Override
    public void close(Shape place, long end) {}

    @Override
    public void string(Shape place, long from, long to, long bytes, byte[] head, int length) {
      choice |= place.slot() == Slot.TEXT_OBJECT;
    }

    @Override
    public void number(Shape place, long from, long to, long value, boolean exact) {
      choice |= place.slot() == Slot.TEXT_OBJECT;
    }

    @Override
    public void literal(Shape place, long from, long to, byte letter) {
      choice |= place.slot() == Slot.TEXT_OBJECT;
    }
  }

  /** Passes bytes on, less the usage chunk. */
  public void write(byte[] b, int off, int len, Output out) throws IOException {
    int to = off + len;
    int i = off;
    int pending = off;
    while (i < to) {
      if (dropLf) {
        dropLf = false;
        if (b[i] == '\n') {
          sse.next(b, i, i + 1);
          i++;
          pending = i;
          continue;
        }
      }
      if (fresh) {
        fresh = false;
        passing = false;
        chunk.reset();
        scan.reset();
      }
      int start = i;
      i = sse.next(b, i, to);
      if (sse.ended()) {
        fresh = true;
        if (!passing && sse.dispatched() && isUsageChunk()) {
          if (start > pending) {
            out.write(b, pending, start - pending);
          }
          heldLength = 0;
          pending = i;
          dropLf = sse.afterCr();
        } else {
          release(out);
        }
      } else if (!passing && (chunk.choice || scan.broken())) {
        passing = true;
        release(out);
      } else if (!passing) {
        if (start > pending) {
          out.write(b, pending, start - pending);
        }
        hold(b, start, to);
        pending = to;
      }
    }
    if (to > pending) {
      out.write(b, pending, to - pending);
    }
  }

  /** The stream is over: passes on what was held of an event without an end. */
  public void end(Output out) throws IOException {
    release(out);
  }

  private boolean isUsageChunk() {
    return scan.complete() && chunk.choices && !chunk.choice && chunk.usage;
  }

  private void hold(byte[] b, int from, int to) {
    int length = heldLength + to - from;
    if (held.length < length) {
      held = Arrays.copyOf(held, Math.max(512, length * 2));
    }
    System.arraycopy(b, from, held, heldLength, to - from);
    heldLength = length;
  }

  private void release(Output out) throws IOException {
    if (heldLength > 0) {
      int length = heldLength;
      heldLength = 0;
      out.write(held, 0, length);
    }
  }
}
