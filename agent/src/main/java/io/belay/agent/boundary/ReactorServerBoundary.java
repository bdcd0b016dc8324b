package io.belay.agent.boundary;

/**
 * Reactor Netty's HTTP server, 1.0 to 1.3, and so WebFlux on it: what the application answers with
 * is subscribed inside the request's run, and so is what each part of the request's body sets off.
 * Streams of HTTP/2 are requests like any other: a reset closes the stream's own channel.
 */
final class ReactorServerBoundary implements Boundary {
  @Override
  public String name() {
    return "reactor-netty-server";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("reactor.netty.http.server.HttpServer$HttpServerHandle")
        .request("onStateChange", 2)
        .adapter("ReactorServer")
        .in("reactor.netty.http.server.HttpServerOperations")
        .resumed("onInboundNext", 2)
        .adapter("ReactorServer")
        .finished("onOutboundComplete", 0)
        .adapter("ReactorServer")
        .failed("onOutboundError", 1)
        .adapter("ReactorServer")
        .left("onInboundClose", 0)
        .adapter("ReactorServer");
  }
}
