package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.HTTP;

/**
 * Reactor Netty's HTTP client, 1.0 to 1.3, and so Spring's WebClient. A request is one
 * subscription, whatever was assembled before; every attempt of it, also one that the client makes
 * again by itself or for a redirect, passes {@code requestWithBody} on its event loop.
 *
 * <p>Blast radius of an abort: one HTTP/2 stream, or one HTTP/1 connection, which the pool
 * replaces.
 */
final class ReactorNettyBoundary implements Boundary {
  private static final String CONNECT = "reactor.netty.http.client.HttpClientConnect$";

  @Override
  public String name() {
    return "reactor-netty";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in(CONNECT + "MonoHttpConnect")
        .guard(HTTP, "subscribe", 1)
        .adapter("ReactorNettyAdapter")
        .in(CONNECT + "HttpClientHandler")
        .wire("requestWithBody", 1)
        .adapter("ReactorNettyAdapter")
        // A pool that looks for idle connections serves every run.
        .in("reactor.netty.internal.shaded.reactor.pool.SimpleDequePool")
        .noRun("scheduleEviction");
  }
}
