package io.belay.agent.boundary;

/**
 * WebSockets of Reactor Netty's server, 1.0 to 1.3, and so of WebFlux on it: the request's run goes
 * on until the connection is over, and each message is a run below it while it is handed to whoever
 * has subscribed. An abort closes the connection, with code 1008.
 */
final class ReactorWebSocketBoundary implements Boundary {
  @Override
  public String name() {
    return "reactor-netty-websocket";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("reactor.netty.http.server.HttpServerOperations")
        .upgraded("withWebsocketSupport", 3)
        .adapter("ReactorSockets")
        .in("reactor.netty.http.server.WebsocketServerOperations")
        .message("onInboundNext", 2)
        .adapter("ReactorSockets");
  }
}
