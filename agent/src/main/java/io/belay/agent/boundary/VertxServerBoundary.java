package io.belay.agent.boundary;

/**
 * Vert.x's HTTP server, 4.5 and 5.0, and its web module's router. A response tells whether it has
 * ended and is told when the connection closes; a router's failure is answered before it reaches
 * handlers of failures.
 */
final class VertxServerBoundary implements Boundary {
  private static final String HTTP = "io.vertx.core.http.impl.";

  @Override
  public String name() {
    return "vertx-server";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in(HTTP + "Http1xServerRequestHandler")
        .request("handle", "io.vertx.core.http.HttpServerRequest")
        .adapter("VertxServer")
        .in(HTTP + "Http2ServerRequest")
        .request("dispatch", 1)
        .adapter("VertxServer")
        .in(HTTP + "Http1xServerRequest")
        .resumed("handleContent", 1)
        .adapter("VertxServer")
        .resumed("handleEnd", 0)
        .adapter("VertxServer")
        .in(HTTP + "Http2ServerRequest")
        .resumed("handleData", 1)
        .adapter("VertxServer")
        .resumed("handleEnd", 1)
        .adapter("VertxServer")
        .in(HTTP + "Http1xServerConnection")
        .finished("responseComplete", 0)
        .adapter("VertxServer")
        .in(HTTP + "Http2ServerStream")
        .finished("endWritten", 0)
        .adapter("VertxServer")
        .in(HTTP + "Http1xServerResponse")
        .left("handleException", 1)
        .adapter("VertxServer")
        .in(HTTP + "Http2ServerResponse")
        .left("handleException", 1)
        .adapter("VertxServer")
        .left("handleClose", 0)
        .adapter("VertxServer")
        .in("io.vertx.ext.web.impl.RoutingContextImpl")
        .failed("fail", "int", "java.lang.Throwable")
        .adapter("VertxServer");
  }
}
