package io.belay.agent.llm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The AWS event stream ({@code application/vnd.amazon.eventstream}): total length, length of the
 * headers, a checksum of both, headers, payload, a checksum of all, every number big-endian.
 *
 * <p>A message whose checksum is wrong is still read, but its numbers count as estimated. A length
 * that cannot be right ends the reading: there is no way to find the next message.
 */
final class EventStreamFeed implements Feed {
  private static final int PRELUDE = 12;
  private static final int TRAILER = 4;
  private static final int MAX_HEADERS = 1 << 17;
  private static final int MAX_MESSAGE = 1 << 25;

  private final Dialect dialect;
  private final Tally tally;
  private final Fields fields;
  private final JsonScan scan;
  private final InnerJson inner;
  private final CRC32 crc = new CRC32();
  private final byte[] prelude = new byte[PRELUDE];
  private final byte[] trailer = new byte[TRAILER];
  private byte[] headers = new byte[256];
  private int read;
  private int total;
  private int headersLength;
  private boolean broken;

  EventStreamFeed(Dialect dialect, Tally tally) {
    this.dialect = dialect;
    this.tally = tally;
    fields = new Fields(tally);
    inner = new InnerJson(dialect, tally, fields);
    fields.inner(inner);
    scan = new JsonScan(dialect.answer(), fields);
  }

  @Override
  public void feed(byte[] b, int from, int to) {
    int i = from;
    while (i < to && !broken) {
      int n;
      if (read < PRELUDE) {
        n = Math.min(to - i, PRELUDE - read);
        System.arraycopy(b, i, prelude, read, n);
        read += n;
        if (read == PRELUDE) {
          begin();
        }
      } else if (read < PRELUDE + headersLength) {
        n = Math.min(to - i, PRELUDE + headersLength - read);
        System.arraycopy(b, i, headers, read - PRELUDE, n);
        crc.update(b, i, n);
        read += n;
      } else if (read < total - TRAILER) {
        n = Math.min(to - i, total - TRAILER - read);
        crc.update(b, i, n);
        scan.feed(b, i, i + n);
        read += n;
      } else {
        n = Math.min(to - i, total - read);
        System.arraycopy(b, i, trailer, read - (total - TRAILER), n);
        read += n;
        if (read == total) {
          message();
          read = 0;
        }
      }
      i += n;
    }
    if (broken) {
      tally.unreadable(to - i);
    }
  }

  private void begin() {
    total = number(prelude, 0);
    headersLength = number(prelude, 4);
    broken =
        total < PRELUDE + TRAILER
            || total > MAX_MESSAGE
            || headersLength < 0
            || headersLength > MAX_HEADERS
            || headersLength > total - PRELUDE - TRAILER;
    if (broken) {
      tally.doubt();
      return;
    }
    if (headers.length < headersLength) {
      headers = new byte[headersLength];
    }
    crc.reset();
    crc.update(prelude, 0, PRELUDE);
    scan.reset();
    fields.reset();
  }

  private void message() {
    boolean sound = (int) crc.getValue() == number(trailer, 0);
    String kind = header(":message-type");
    if (kind.equals("exception") || kind.equals("error")) {
      tally.error();
      return;
    }
    if (scan.complete()) {
      fields.doubtful(!sound);
      dialect.event(fields, tally);
    } else if (total > PRELUDE + headersLength + TRAILER) {
      tally.text(scan.pendingText());
      scan.reset();
      tally.doubt();
    }
  }

  /** The value of a header of type string (7); "" if it is not there. */
  private String header(String name) {
    byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
    int i = 0;
    while (i < headersLength) {
      int nameLength = headers[i] & 0xff;
      int nameFrom = i + 1;
      i = nameFrom + nameLength;
      if (i >= headersLength) {
        return "";
      }
      int type = headers[i++];
      int length = valueLength(type, i);
      int from = type == 6 || type == 7 ? i + 2 : i;
      if (length < 0 || from + length > headersLength) {
        return "";
      }
      if (type == 7
          && Arrays.equals(headers, nameFrom, nameFrom + nameLength, wanted, 0, wanted.length)) {
        return new String(headers, from, length, StandardCharsets.UTF_8);
      }
      i = from + length;
    }
    return "";
  }

  private int valueLength(int type, int at) {
    return switch (type) {
      case 0, 1 -> 0;
      case 2 -> 1;
      case 3 -> 2;
      case 4 -> 4;
      case 5, 8 -> 8;
      case 9 -> 16;
      case 6, 7 -> at + 2 > headersLength ? -1 : (headers[at] & 0xff) << 8 | headers[at + 1] & 0xff;
      default -> -1;
    };
  }

  private static int number(byte[] b, int at) {
    return (b[at] & 0xff) << 24
        | (b[at + 1] & 0xff) << 16
        | (b[at + 2] & 0xff) << 8
        | b[at + 3] & 0xff;
  }

  @Override
  public long pendingText() {
    return scan.pendingText() + inner.pendingText();
  }

  @Override
  public void end() {
    if (read > 0) {
      tally.doubt();
    }
  }
}
