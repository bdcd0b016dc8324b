package io.belay.agent.run;

import java.nio.channels.SocketChannel;

/** Asks the operating system how a connection stands, without reading from it. */
@FunctionalInterface
public interface Poll {
  /** The peer has closed its sending side, or all of it. */
  int PEER_CLOSED = 0x2000;

  /** The connection is in error or was reset. */
  int BROKEN = 0x18;

  /** Those of the two that hold; 0 for a connection that is open in both directions. */
  int state(SocketChannel connection) throws Throwable;
}
