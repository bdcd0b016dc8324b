package io.belay.agent.boundary;

/**
 * Servlets under both names of their API, in whatever container. Where a container's own dispatch
 * is woven the request has begun before and this is the application's edge; elsewhere it begins
 * here, and filters before the servlet belong to nobody.
 */
final class ServletBoundary implements Boundary {
  @Override
  public String name() {
    return "servlet";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("jakarta.servlet.http.HttpServlet")
        .edgeOrRequest(
            "service", "jakarta.servlet.ServletRequest", "jakarta.servlet.ServletResponse")
        .adapter("ServletServer")
        .in("javax.servlet.http.HttpServlet")
        .edgeOrRequest("service", "javax.servlet.ServletRequest", "javax.servlet.ServletResponse")
        .adapter("ServletServer")
        .in(
            "org.eclipse.jetty.server.Response",
            "org.eclipse.jetty.ee10.servlet.ServletApiResponse",
            "org.eclipse.jetty.ee11.servlet.ServletApiResponse",
            "io.undertow.servlet.spec.HttpServletResponseImpl")
        .answered("sendError", 2)
        .in(
            "org.eclipse.jetty.server.AsyncContextState",
            "org.eclipse.jetty.ee10.servlet.AsyncContextState",
            "org.eclipse.jetty.ee11.servlet.AsyncContextState",
            "io.undertow.servlet.spec.AsyncContextImpl")
        .completed("complete", 0)
        .adapter("ServletServer")
        // Below servlets: what a container notices of a stream of HTTP/2.
        .in("io.undertow.protocols.http2.Http2Channel")
        .left("handleRstStream", 2)
        .adapter("StreamServer")
        .in(
            "org.eclipse.jetty.http2.server.HttpChannelOverHTTP2",
            "org.eclipse.jetty.http2.server.internal.HttpStreamOverHTTP2")
        .left("onFailure", 2)
        .adapter("StreamServer");
  }
}
