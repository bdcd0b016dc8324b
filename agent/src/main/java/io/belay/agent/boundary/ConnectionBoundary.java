package io.belay.agent.boundary;

/** Connections that servers accept: by their two ends, that of a request is found again. */
final class ConnectionBoundary implements Boundary {
  @Override
  public String name() {
    return "connection";
  }

  @Override
  public void declare(Sites sites) {
    sites.in("sun.nio.ch.ServerSocketChannelImpl").accepted("finishAccept", 2);
  }
}
