package io.belay.agent.http;

import io.belay.boot.Inbound;
import io.belay.boot.ServerAdapter;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x 4 and 5. Whatever a step is about, the response is what leads back to the request: it is
 * the same object for the server and for all that wrap it.
 */
public final class VertxServer extends ServerAdapter {
  /** Of a request that is dispatched, or of a router's context that fails. */
  @Override
  public @Nullable Inbound request(Object self, Object[] args) {
    Object request = args.length > 0 && args[0] instanceof HttpServerRequest given ? given : self;
    if (!(request instanceof HttpServerRequest)) {
      request = call("request", self);
    }
    return request instanceof HttpServerRequest known && known.response() != null
        ? new VertxRequest(known, known.response())
        : null;
  }

  /** Of a response, a request, a router's context, or a connection that has answered one. */
  @Override
  public @Nullable Object key(Object self, Object[] args) {
    if (self instanceof HttpServerResponse) {
      return self;
    }
    if (self instanceof HttpServerRequest request) {
      return request.response();
    }
    String type = self.getClass().getSimpleName();
    Object request =
        type.startsWith("RoutingContext")
            ? call("request", self)
            : read(type.endsWith("Stream") ? "request" : "responseInProgress", self);
    return request instanceof HttpServerRequest known ? known.response() : null;
  }

  private static @Nullable Object call(String getter, Object of) {
    try {
      Method method = of.getClass().getMethod(getter);
      method.setAccessible(true);
      return method.invoke(of);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return null;
    }
  }

  private static @Nullable Object read(String field, Object of) {
    try {
      Field found = of.getClass().getDeclaredField(field);
      found.setAccessible(true);
      return found.get(of);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return null;
    }
  }
}
