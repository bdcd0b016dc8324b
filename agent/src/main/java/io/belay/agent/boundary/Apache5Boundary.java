package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.HTTP;

/**
 * Apache HttpClient 5, classic. Every blocking call ends in {@code doExecute} of one of two
 * clients; every attempt of it passes the request executor of the core.
 *
 * <p>Blast radius of an abort: one connection, which the pool replaces.
 */
final class Apache5Boundary implements Boundary {
  @Override
  public String name() {
    return "apache-http-client-5";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in(
            "org.apache.hc.client5.http.impl.classic.InternalHttpClient",
            "org.apache.hc.client5.http.impl.classic.MinimalHttpClient")
        .guard(HTTP, "doExecute", 3)
        .adapter("Apache5Adapter")
        .in("org.apache.hc.client5.http.classic.methods.HttpUriRequestBase")
        .letGo("cancel", 0)
        .letGo("reset", 0)
        .in("org.apache.hc.core5.http.impl.io.HttpRequestExecutor")
        .check("execute", 4);
  }
}
