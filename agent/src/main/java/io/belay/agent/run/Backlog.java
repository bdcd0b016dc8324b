package io.belay.agent.run;

import java.io.IOException;
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

  /** Its bytes; 0 where it is closed, less than none where nobody can tell. */
  static long of(Object connection) {
    Backlog asked = known;
    try {
      return asked == null ? -1 : Math.max(0, asked.bytes(connection));
    } catch (IOException closed) {
      return 0; // What lay there is gone.
    } catch (Throwable other) {
      return -1;
    }
  }

  /**
   * Asks the system.
   *
   * @param connection a channel, the system's number for it, or a socket's stream
   */
  protected abstract int bytes(Object connection) throws Throwable;
}
