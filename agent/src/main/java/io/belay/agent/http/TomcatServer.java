package io.belay.agent.http;

import io.belay.boot.Inbound;
import io.belay.boot.ServerAdapter;
import java.lang.reflect.Field;
import org.apache.catalina.core.AsyncContextImpl;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat 9 to 11, at the connector: below it nothing is servlets, so one adapter serves both names
 * of that API.
 */
public final class TomcatServer extends ServerAdapter {
  @Override
  public Inbound request(Object self, Object[] args) {
    return new TomcatRequest((Request) args[0], (Response) args[1]);
  }

  /** Of a step of the connector, of an asynchronous answer, or of an HTTP/2 stream. */
  @Override
  public @Nullable Object key(Object self, Object[] args) {
    if (self instanceof AsyncContextImpl) {
      Object request = read("request", self);
      return request instanceof org.apache.catalina.connector.Request servlet
          ? servlet.getCoyoteRequest()
          : null;
    }
    return args[0] instanceof Request ? args[0] : read("coyoteRequest", self);
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
