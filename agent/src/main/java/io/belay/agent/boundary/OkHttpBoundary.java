package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.HTTP;
import static io.belay.agent.run.Kind.MESSAGE;

/**
 * OkHttp 3.12 to 5. Every exchange, blocking, queued or a WebSocket's handshake, passes {@code
 * RealCall}, which moved its package in 4.4; every attempt of it passes the last interceptor.
 *
 * <p>Blast radius of an abort: one HTTP/2 stream, or one HTTP/1 connection; while a TLS handshake
 * is under way, that connection.
 */
final class OkHttpBoundary implements Boundary {
  @Override
  public String name() {
    return "okhttp";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("okhttp3.RealCall", "okhttp3.internal.connection.RealCall")
        .guard(HTTP, "execute", 0)
        .adapter("OkHttpAdapter")
        .guard(HTTP, "enqueue", 1)
        .adapter("OkHttpAdapter")
        .letGo("cancel", 0)
        .in("okhttp3.internal.http.RealInterceptorChain")
        .wire("proceed", 1)
        .adapter("OkHttpAdapter")
        .in("okhttp3.internal.http.CallServerInterceptor")
        .check("intercept", 1)
        .in("okhttp3.internal.ws.RealWebSocket")
        .guard(MESSAGE, "send", "okio.ByteString", "int")
        .adapter("OkHttpSocketAdapter")
        // Whoever finishes a call starts the next one that waits, of whichever run that is.
        .in("okhttp3.Dispatcher")
        .noRun("promoteAndExecute")
        // Clean-up of idle connections and tasks of HTTP/2 serve every run.
        .in("okhttp3.internal.concurrent.TaskRunner$RealBackend")
        .noRun("execute")
        .in("okhttp3.internal.connection.RealConnectionPool", "okhttp3.ConnectionPool")
        .noRun("put")
        .in("okhttp3.internal.http2.Http2Connection")
        .noRun("start");
  }
}
