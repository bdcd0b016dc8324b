package io.belay.boot;

import java.nio.ByteBuffer;

/**
 * What an adapter tells of an answer as it passes: status, bytes, end. A tap never blocks, never
 * reads ahead and never throws.
 *
 * <p>Written by one thread at a time; the last word is {@link #done}, of which the first counts.
 */
public interface Tap {
  /**
   * An attempt is about to leave, and all of the request is known: asks once more. Of an exchange
   * that leaves later the body may be replaced meanwhile.
   *
   * @throws RuntimeException when it must not leave
   */
  default void leaving() {}

  /**
   * The answer's head has come.
   *
   * @param contentType its {@code Content-Type}, or {@code null}
   * @param contentEncoding the encoding of the bytes that {@link #read} will be shown, or {@code
   *     null} when the client decodes them before the tap
   */
  void answered(int status, String contentType, String contentEncoding);

  /** A header of the answer; all of them are told of before {@link #answered}. */
  default void header(String name, String value) {}

  /** Bytes of the body that the application is about to see. */
  void read(byte[] bytes, int offset, int length);

  /** Bytes of the body between position and limit; the buffer is left as it was. */
  void read(ByteBuffer bytes);

  /** The exchange is over: {@code null} for a complete answer, else why it ended early. */
  void done(Throwable failure);

  /** Whether the exchange is over. */
  boolean isOver();

  /**
   * Whether what came is counted: then what a client reads on by itself when the application closes
   * a body early, to keep its connection, is to be shown, too.
   */
  default boolean counts() {
    return false;
  }

  /**
   * Whether what came says of itself that the answer has failed, in spite of its status: its client
   * may try again, and the end of these bytes is not the end of the exchange.
   */
  default boolean failed() {
    return false;
  }

  /**
   * So many bytes of the body have come and nobody will read them: they are counted by their size.
   * Told before the end, of what is counted alone; bytes that are read all the same are taken off.
   *
   * @param bytes less than none where nobody can tell: limits then take the answer for whole
   * @param packed whether the client had yet to unpack them
   */
  default void unread(long bytes, boolean packed) {}

  /**
   * Nobody wants more of the body, and its client is about to end the exchange, perhaps on another
   * thread: what was set aside for more than has come is free. After {@link #unread}.
   */
  default void left() {}

  /**
   * Bytes that the system holds for a connection and nobody has taken from it, without waiting;
   * less than none where it cannot be asked.
   *
   * @param connection a {@code SocketChannel}, the system's number for it as an {@code Integer}, or
   *     a socket's {@code InputStream}, encrypted or not
   */
  default long waiting(Object connection) {
    return -1;
  }

  /** The application closed the body before its end. */
  void closedEarly();

  /**
   * Names the object through which alone the application reads on. When it becomes unreachable
   * without having been read or closed, the exchange is over. The exchange itself must not hold it.
   */
  void reader(Object body);

  /**
   * A callback of the application's begins on a thread of the client's: it belongs to the run that
   * made the call.
   *
   * @return what {@link #pause} needs
   */
  Object resume();

  /** The callback has returned. */
  void pause(Object resumed);

  /**
   * What to throw in place of an I/O error, when this exchange ended because its run was stopped;
   * {@code null} when the error is the application's own.
   */
  RuntimeException stopped();

  /**
   * Whether this answer may have bytes that the application did not ask for: then what {@link
   * #filter} returns is to be delivered instead.
   */
  boolean filters();

  /**
   * Takes the bytes that came and returns those to deliver now; empty at times. After the last
   * bytes it is called with {@code null} and returns what was held back. What it is given needs no
   * {@link #read} besides.
   */
  byte[] filter(byte[] bytes, int offset, int length);
}
