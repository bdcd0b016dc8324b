package io.belay.boot;

/**
 * Reads the requests of one HTTP server. As an {@link Adapter} it is compiled against the library
 * and defined next to it; one instance serves all threads.
 */
public abstract class ServerAdapter {
  /**
   * The request that a woven dispatch is about.
   *
   * @return {@code null} when it is about none
   */
  public abstract Inbound request(Object self, Object[] args);

  /**
   * What a request becomes that is answered by a change of protocol.
   *
   * @param handshake the request as {@link #request} has shown it
   * @return {@code null} when it becomes no connection for messages
   */
  public InboundSocket socket(Object self, Object[] args, Inbound handshake) {
    return null;
  }

  /** A message is not given to the application: lets go of what only its reader would let go. */
  public void dropped(Object self, Object[] args) {}

  /** The {@link Inbound#key} of the request that a later step of the server is about. */
  public Object key(Object self, Object[] args) {
    return null;
  }
}
