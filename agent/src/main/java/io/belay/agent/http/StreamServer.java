package io.belay.agent.http;

import io.belay.boot.Inbound;
import io.belay.boot.ServerAdapter;
import java.lang.reflect.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Streams of HTTP/2 that end before their answer, as containers of servlets notice it. They know
 * nothing of servlets there: what leads back to a request is the stream, as {@link ServletStream}
 * finds it.
 */
public final class StreamServer extends ServerAdapter {
  /** None begins here. */
  @Override
  public @Nullable Inbound request(Object self, Object[] args) {
    return null;
  }

  /** The stream itself, or the one that a connection is told about by its number. */
  @Override
  public @Nullable Object key(Object self, Object[] args) {
    if (!(args[0] instanceof Integer number)) {
      return self;
    }
    // The same step of the connection ends streams that the server resets by itself.
    return Boolean.TRUE.equals(args[1]) && read("currentStreams", self) instanceof Map<?, ?> streams
        ? read("sinkChannel", streams.get(number))
        : null;
  }

  private static @Nullable Object read(String field, @Nullable Object of) {
    if (of == null) {
      return null;
    }
    try {
      Field found = of.getClass().getDeclaredField(field);
      found.setAccessible(true);
      return found.get(of);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return null;
    }
  }
}
