package io.belay.agent.boundary;

/**
 * The JDK's own HTTP server. A handler is called through a chain of filters, of which the outermost
 * begins the run; an answer is complete when the server says so to itself. Applications have to
 * answer for what they threw themselves, so most answer 500 to a refusal.
 */
final class JdkServerBoundary implements Boundary {
  @Override
  public String name() {
    return "jdk-http-server";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("com.sun.net.httpserver.Filter$Chain")
        .request("doFilter", 1)
        .adapter("JdkServer")
        .in("sun.net.httpserver.ExchangeImpl")
        .answered("sendResponseHeaders", 2)
        .completed("close", 0)
        .adapter("JdkServer")
        .in("sun.net.httpserver.ServerImpl")
        .finished("addEvent", 1)
        .adapter("JdkServer");
  }
}
