package io.belay.agent.http;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.http.client.HttpClientRequest;

/**
 * Reactor Netty 1.0 to 1.3. A call is decided about where it is subscribed to; the subscriber's
 * context leads every attempt, which an event loop makes, back to the exchange.
 */
public final class ReactorNettyAdapter extends Adapter {
  private final Field config;

  /** Finds the one field that says what is asked for before there is a connection. */
  public ReactorNettyAdapter() throws ReflectiveOperationException {
    config =
        Class.forName("reactor.netty.http.client.HttpClientConnect$MonoHttpConnect")
            .getDeclaredField("config");
    config.setAccessible(true);
  }

  @Override
  @SuppressWarnings("unchecked") // What the method takes.
  public @Nullable Exchange open(Object self, Object[] args) {
    if (args[0] instanceof ReactorNettyWatch) {
      return null;
    }
    try {
      ReactorNettyExchange exchange =
          new ReactorNettyExchange(
              (HttpClientConfig) config.get(self), (CoreSubscriber<? super Connection>) args[0]);
      args[0] = exchange.watch();
      return exchange;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public @Nullable Object handle(Object self, Object @Nullable [] args) {
    return args != null && args[0] instanceof HttpClientRequest request
        ? request.currentContextView().getOrDefault(ReactorNettyExchange.class, null)
        : null;
  }

  @Override
  public void sending(Exchange exchange, Object self, Object[] args) {
    ((ReactorNettyExchange) exchange)
        .attempt((HttpClientRequest) args[0], ((Connection) args[0]).channel());
  }

  /**
   * The application's own publisher of a body is subscribed to after this; it works for its run.
   */
  @Override
  public Object answered(Exchange exchange, Object result) {
    return ((ReactorNettyExchange) exchange).resuming((Publisher<?>) result);
  }
}
