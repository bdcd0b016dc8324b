package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.HTTP;
import static io.belay.agent.run.Kind.MESSAGE;

/**
 * {@code java.net.http.HttpClient}, Java 17 and later; a WebSocket's handshake and messages too.
 * All public ways end in one private {@code sendAsync}; redirects, authentication and retries come
 * back to {@code responseAsyncImpl}. Clients of others that wrap the JDK's end here as well.
 *
 * <p>Blast radius of an abort: one HTTP/2 stream, or one HTTP/1 connection.
 */
final class JavaHttpClientBoundary implements Boundary {
  @Override
  public String name() {
    return "java-http-client";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("jdk.internal.net.http.HttpClientImpl")
        .guard(HTTP, "send", 2)
        .adapter("JavaHttpClientAdapter")
        .guard(HTTP, "sendAsync", 3)
        .adapter("JavaHttpClientAdapter")
        .wire("sendAsync", 4)
        .adapter("JavaHttpClientAdapter")
        .in("jdk.internal.net.http.MultiExchange")
        .check("responseAsyncImpl", 0)
        .adapter("JavaHttpClientAdapter")
        .letGo("cancel", 1)
        .adapter("JavaHttpClientAdapter")
        .in("jdk.internal.net.http.websocket.WebSocketImpl")
        .guard(MESSAGE, "sendText", 2)
        .guard(MESSAGE, "sendBinary", 2);
  }
}
