package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.HTTP;

/**
 * Apache HttpClient 4.3 and later. Every blocking call ends in {@code doExecute}; every attempt of
 * it passes the request executor of the core.
 *
 * <p>Blast radius of an abort: one connection, which the pool replaces.
 */
final class Apache4Boundary implements Boundary {
  @Override
  public String name() {
    return "apache-http-client-4";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in(
            "org.apache.http.impl.client.InternalHttpClient",
            "org.apache.http.impl.client.MinimalHttpClient",
            "org.apache.http.impl.client.AbstractHttpClient")
        .guard(HTTP, "doExecute", 3)
        .adapter("Apache4Adapter")
        .in("org.apache.http.client.methods.AbstractExecutionAwareRequest")
        .letGo("abort", 0)
        .letGo("reset", 0)
        .in("org.apache.http.protocol.HttpRequestExecutor")
        .check("execute", 3);
  }
}
