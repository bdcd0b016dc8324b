package io.belay.agent.control;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Where the HTTP control listens and who may use it.
 *
 * @param port 0 picks a free one
 * @param bind a host name or address
 * @param token what callers present as {@code Authorization: Bearer}; empty for nothing
 */
public record HttpOptions(int port, String bind, String token) {
  /** The address to listen on. Opens nothing, so that it can be checked before {@code main}. */
  public InetSocketAddress address() throws ControlException {
    InetAddress host;
    try {
      host = InetAddress.getByName(bind);
    } catch (UnknownHostException e) {
      throw new ControlException(
          "belay.http.bind: no address is known for '" + bind + "'; name one of this machine", e);
    }
    if (!host.isLoopbackAddress() && token.isEmpty()) {
      throw new ControlException(
          "belay.http.bind="
              + bind
              + " is reachable from other machines: set belay.http.token, which callers then send"
              + " as 'Authorization: Bearer ...', or bind to 127.0.0.1",
          null);
    }
    return new InetSocketAddress(host, port);
  }

  /**
   * Makes sure that the port can be had, and leaves it free again: the server itself must not be
   * opened before {@code main}.
   */
  public void probe() throws ControlException {
    InetSocketAddress wanted = address();
    if (port == 0) {
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(wanted);
    } catch (IOException taken) {
      throw new ControlException(
          "belay.http.port: cannot listen on "
              + this
              + " ("
              + taken.getMessage()
              + "); free the port, choose another, or set 0 to have one picked",
          taken);
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return bind + ":" + port;
  }
}
