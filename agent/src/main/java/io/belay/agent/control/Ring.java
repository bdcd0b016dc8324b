package io.belay.agent.control;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/**
 * The last events, each with a number that grows by one, for those who come back and ask for what
 * they missed. Bounded by count and by bytes.
 */
final class Ring {
  static final int MOST_EVENTS = 4096;
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private final String prefix;
  private final Deque<byte[]> events = new ArrayDeque<>(); // Guarded by this.
  private int bytes; // Guarded by this.
  private long last; // Guarded by this.

  /**
   * An empty ring.
   *
   * @param prefix tells this JVM's events from those of the one before it on the same port
   */
  Ring(String prefix) {
    this.prefix = prefix;
  }

  /** Appends an event of the given type. */
  synchronized void add(String type, byte[] json) {
    last++;
    String head = "id: " + prefix + last + "\nevent: " + type + "\ndata: ";
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    byte[] event = new byte[start.length + json.length + 2];
    System.arraycopy(start, 0, event, 0, start.length);
    System.arraycopy(json, 0, event, start.length, json.length);
    event[event.length - 2] = '\n';
    event[event.length - 1] = '\n';
    events.addLast(event);
    bytes += event.length;
    while (events.size() > MOST_EVENTS || bytes > MOST_BYTES) {
      bytes -= events.removeFirst().length;
    }
  }

  /** Events went by that are not here: whoever has seen only earlier ones has missed some. */
  synchronized void lapse() {
    last++;
    events.clear();
    bytes = 0;
  }

  /** The number of the last event; 0 when there was none. */
  synchronized long last() {
    return last;
  }

  /** The id of the last event, as clients see it. */
  String lastId() {
    return prefix + last();
  }

  /** The number behind a client's id; empty when what followed it is not here any more. */
  synchronized OptionalLong numberOf(String id) {
    if (id.startsWith(prefix)) {
      try {
        long number = Long.parseLong(id.substring(prefix.length()));
        if (number >= last - events.size() && number <= last) {
          return OptionalLong.of(number);
        }
      } catch (NumberFormatException e) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.empty();
  }

  /** Whether all events after {@code number} are still here. */
  synchronized boolean reaches(long number) {
    return number >= last - events.size();
  }

  /** Up to {@code most} events after {@code number}, the oldest first. */
  synchronized List<byte[]> after(long number, int most) {
    long missing = last - number;
    List<byte[]> found = new ArrayList<>();
    if (missing > 0 && missing <= events.size()) {
      long skip = events.size() - missing;
      for (byte[] event : events) {
        if (skip-- <= 0 && found.size() < most) {
          found.add(event);
        }
      }
    }
    return found;
  }
}
