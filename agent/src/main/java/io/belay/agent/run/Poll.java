package io.belay.agent.run;

import java.nio.channels.SocketChannel;

/** Asks the operating system how connections stand, without reading from them. */
public interface Poll {
  /** The peer has closed its sending side, or all of it. */
  int PEER_CLOSED = 0x2000;

  /** The connection is in error or was reset. */
  int BROKEN = 0x18;

  /** The number by which the system knows {@code connection}, until that is closed. */
  int descriptor(SocketChannel connection) throws Throwable;

  /**
   * Asks about all of {@code descriptors} at once. By one thread at a time.
   *
   * @param descriptors connections; a negative one is left out
   * @return for each of them those of the two that hold; 0 for one that is open in both directions
   */
  int[] states(int[] descriptors) throws Throwable;
}
