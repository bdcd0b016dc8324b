package io.belay.agent.control;

import java.net.InetAddress;
import java.net.InetSocketAddress;
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

  /** Without the token. */
  @Override
  public String toString() {
    return bind + ":" + port;
  }
}
