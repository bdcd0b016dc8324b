package io.belay.agent.http;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import java.lang.reflect.Field;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code java.net.http.HttpClient}. The application's body handler is replaced by one that leads
 * back to the exchange, so every thread of the client that meets the handler finds the call.
 */
public final class JavaHttpClientAdapter extends Adapter {
  private final Field handlerOfExchanges;

  /** Finds the one private field that leads from an attempt back to the call. */
  public JavaHttpClientAdapter() throws ReflectiveOperationException {
    handlerOfExchanges =
        Class.forName("jdk.internal.net.http.MultiExchange").getDeclaredField("responseHandler");
    handlerOfExchanges.setAccessible(true);
  }

  @Override
  public @Nullable Exchange open(Object self, Object @Nullable [] args) {
    if (args == null) {
      if (handle(self, null) instanceof JavaHttpExchange cutOff) {
        cutOff.cancelled();
      }
      return null; // What ends it says so.
    }
    if (!(args[0] instanceof HttpRequest request)
        || !(args[1] instanceof BodyHandler<?> handler)
        || handler instanceof TappedHandler<?>) {
      return null; // The client itself says what is wrong with that.
    }
    JavaHttpExchange exchange = new JavaHttpExchange(request, args.length == 3);
    args[1] = new TappedHandler<>(handler, exchange);
    return exchange;
  }

  @Override
  public @Nullable Object handle(Object self, Object @Nullable [] args) {
    try {
      Object handler = args == null ? handlerOfExchanges.get(self) : args[1];
      if (!(handler instanceof TappedHandler<?> ours)) {
        return null;
      }
      if (args == null) {
        ours.exchange().attempts(self);
      }
      return ours.exchange();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void sending(Exchange exchange, Object self, Object[] args) {
    args[0] = ((JavaHttpExchange) exchange).request();
  }

  @Override
  public Object answered(Exchange exchange, Object result) {
    ((JavaHttpExchange) exchange).promised((CompletableFuture<?>) Objects.requireNonNull(result));
    return result;
  }
}
