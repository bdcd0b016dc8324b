package io.belay.boot;

/**
 * What has become of a request that was answered by a change of protocol: a WebSocket's connection,
 * on which messages come in until it is closed. Its run is the request's, and goes on as long.
 */
public abstract class InboundSocket extends Inbound {
  /** Policy violation, RFC 6455, section 7.4.1: what is said where no other code fits. */
  private static final int STOPPED = 1008;

  private final String path;
  private final String remoteAddress;
  private final int remotePort;
  private final int localPort;
  private final Object key;

  /**
   * A connection.
   *
   * @param handshake the request that was answered so; not used afterwards
   * @param key by what {@link ServerAdapter#key} finds it again
   */
  protected InboundSocket(Inbound handshake, Object key) {
    path = handshake.path();
    remoteAddress = handshake.remoteAddress();
    remotePort = handshake.remotePort();
    localPort = handshake.localPort();
    this.key = key;
  }

  /**
   * Closes it. Called by a thread that may be anybody's, once.
   *
   * @param code as in RFC 6455
   * @param reason to be sent with it; at most 123 bytes
   */
  protected abstract void close(int code, String reason) throws Exception;

  /**
   * Whether it was the application that has closed it, or Belay. Asked when it is over, on servers
   * that say no more than that.
   */
  public boolean closedHere() {
    return true;
  }

  @Override
  public final boolean answer(int status, byte[] body) {
    try {
      close(STOPPED, "stopped");
      return true;
    } catch (Exception closed) {
      return false; // By the client, or by the application.
    }
  }

  @Override
  public final String path() {
    return path;
  }

  @Override
  public final String query() {
    return null;
  }

  @Override
  public final String header(String name) {
    return null;
  }

  @Override
  public final void respond(String header, String value) {}

  @Override
  public final String remoteAddress() {
    return remoteAddress;
  }

  @Override
  public final int remotePort() {
    return remotePort;
  }

  @Override
  public final int localPort() {
    return localPort;
  }

  @Override
  public final int status() {
    return 101;
  }

  @Override
  public final boolean isPending() {
    return true;
  }

  @Override
  public final boolean isAnswered() {
    return false; // There is always more to say, until the server says that it is over.
  }

  @Override
  public final boolean tellsWhenClientLeaves() {
    return true;
  }

  @Override
  public final Object key() {
    return key;
  }
}
