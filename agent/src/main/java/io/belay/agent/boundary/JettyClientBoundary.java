package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.HTTP;

/**
 * Jetty's HTTP client 12, and so Spring's clients over it. Every way to send ends in {@code
 * sendAsync}; every attempt, also a redirect or one with credentials, passes its destination.
 *
 * <p>Blast radius of an abort: one HTTP/2 stream, or one HTTP/1 connection, which the pool
 * replaces.
 */
final class JettyClientBoundary implements Boundary {
  private static final String TRANSPORT = "org.eclipse.jetty.client.transport.";

  @Override
  public String name() {
    return "jetty-client";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in(TRANSPORT + "HttpRequest")
        .guard(HTTP, "sendAsync", 2)
        .adapter("JettyClientAdapter")
        // The blocking way makes an error of its own of what its listener is told.
        .tell("send", 0)
        .in(TRANSPORT + "HttpDestination")
        .wire("send", TRANSPORT + "HttpExchange")
        .adapter("JettyClientAdapter")
        // However a request is aborted: by itself, its response or what reads that.
        .in(TRANSPORT + "HttpExchange")
        .letGo("abort", 2)
        .adapter("JettyClientAdapter")
        .letGo("abortResponse", 2)
        .adapter("JettyClientAdapter")
        .optional();
  }
}
