package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/**
 * How much lies in a connection that the system has received and nobody has taken. Asked where a
 * stream is given up: it takes no time and reads nothing.
 */
public abstract class Backlog {
  private static volatile @Nullable Backlog known;

  /** Where to ask from now on. */
  public static void known(Backlog chosen) {
    known = chosen;
  }

  /** Its bytes; 0 where nobody can tell, or it is closed. */
  static long of(Object connection) {
    Backlog asked = known;
    try {
      return asked == null ? 0 : Math.max(0, asked.bytes(connection));
    } catch (Throwable closed) {
      return 0; // It is counted as far as it was read.
    }
  }

  /**
   * Asks the system.
   *
   * @param connection a channel, the system's number for it, or a socket's stream
   */
  protected abstract int bytes(Object connection) throws Throwable;
}
