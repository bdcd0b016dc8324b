package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.HTTP;

/**
 * {@code HttpURLConnection}. Opening a connection or asking for the stream to write to are steps of
 * their own; the request leaves in {@code writeRequests}, which the JDK calls again by itself when
 * a server closes without an answer, and for redirects.
 *
 * <p>Blast radius of an abort: the connection's socket.
 */
final class HttpUrlConnectionBoundary implements Boundary {
  private static final String PLAIN = "sun.net.www.protocol.http.HttpURLConnection";

  @Override
  public String name() {
    return "http-url-connection";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in(PLAIN, "sun.net.www.protocol.https.AbstractDelegateHttpsURLConnection")
        .guard(HTTP, "connect", 0)
        .adapter("HttpUrlOpeningAdapter")
        .in(PLAIN)
        .guard(HTTP, "getOutputStream", 0)
        .adapter("HttpUrlOpeningAdapter")
        .guard(HTTP, "getInputStream", 0)
        .adapter("HttpUrlConnectionAdapter")
        .wire("writeRequests", 0)
        .adapter("HttpUrlConnectionAdapter")
        .letGo("disconnect", 0)
        .adapter("HttpUrlConnectionAdapter")
        .in("sun.net.www.http.HttpClient")
        .check("writeRequests", 2)
        // The JDK remembers what a request came to, and wraps it when it is asked again.
        .in("java.net.HttpURLConnection")
        .tell("getResponseCode", 0)
        // Starts the thread that closes idle connections, for every run.
        .in("sun.net.www.http.KeepAliveCache")
        .noRun("put");
  }
}
