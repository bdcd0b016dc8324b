package io.belay.agent.http;

import io.belay.boot.CallAdapter;
import io.belay.boot.Called;
import io.belay.boot.Opening;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;

/** What an MCP server of the official SDK is asked to do, and what it is asked to leave. */
public final class McpServerAdapter extends CallAdapter {
  private static final String CANCELLED = "notifications/cancelled";

  /** What is answered by the application, and by what its parameters are named. */
  private static final Map<String, String> OF_APPLICATION =
      Map.of(
          "tools/call", "name",
          "prompts/get", "name",
          "resources/read", "uri",
          "completion/complete", "ref");

  @Override
  public @Nullable Called call(Object self, Object[] args) {
    if (args[0] instanceof McpSchema.JSONRPCRequest request) {
      String named = OF_APPLICATION.get(request.method());
      return named == null
          ? null
          : called(session(self), request.id(), text(request.params(), named));
    }
    if (args[0] instanceof McpSchema.JSONRPCNotification notification
        && CANCELLED.equals(notification.method())
        && notification.params() instanceof Map<?, ?> params) {
      return called(self, params.get("requestId"), text(params, "reason"));
    }
    return null;
  }

  /** A stream of answers is an inner object of its session. */
  private static Object session(Object sessionOrStream) {
    for (Field field : sessionOrStream.getClass().getDeclaredFields()) {
      if (field.getType() == McpStreamableServerSession.class) {
        try {
          field.setAccessible(true);
          return field.get(sessionOrStream);
        } catch (IllegalAccessException otherVersion) {
          throw new IllegalStateException(otherVersion);
        }
      }
    }
    return sessionOrStream;
  }

  /** A number is the same whatever was made of it when it was read. */
  private static @Nullable Called called(Object session, @Nullable Object id, String text) {
    Object same = id instanceof Number number ? (Object) number.longValue() : id;
    return same == null ? null : new Called(session, same, text);
  }

  private static String text(@Nullable Object params, String key) {
    Object value = params instanceof Map<?, ?> map ? map.get(key) : null;
    return value instanceof String text ? text : "";
  }

  @Override
  public boolean isLater() {
    return true;
  }

  @Override
  public Object later(Object result, Opening opening) {
    return new Answer<>((Mono<?>) result, opening);
  }

  /** Works for the call from the moment that somebody subscribes. */
  private static final class Answer<T> extends MonoOperator<T, T> {
    private final Opening opening;

    Answer(Mono<T> source, Opening opening) {
      super(source);
      this.opening = opening;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> subscriber) {
      Opening.Open open;
      try {
        open = opening.open();
      } catch (RuntimeException stopped) {
        Operators.error(subscriber, stopped);
        return;
      }
      try {
        Mono.<T>from(source)
            .doOnSuccess(answer -> open.end(null))
            .doOnError(open::end)
            .doOnCancel(() -> open.end(new CancellationException()))
            .subscribe(subscriber);
      } finally {
        open.leave();
      }
    }
  }
}
