package io.belay.agent.http;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code HttpURLConnection}: the step that sends. All steps of a connection that send share one
 * exchange, which begins with the first and lasts until the answer's body is read.
 */
public final class HttpUrlConnectionAdapter extends Adapter {
  /** The exchange holds its connection weakly, so an entry goes when its connection does. */
  private static final Map<HttpURLConnection, HttpUrlExchange> EXCHANGES = new WeakHashMap<>();

  static @Nullable HttpUrlExchange exchange(HttpURLConnection connection) {
    HttpUrlExchange exchange;
    synchronized (EXCHANGES) {
      exchange = EXCHANGES.computeIfAbsent(connection, absent -> new HttpUrlExchange(absent, true));
    }
    return exchange.isAnswered() ? null : exchange;
  }

  /** It has turned out to be no step that sends. */
  static void forget(HttpURLConnection connection) {
    synchronized (EXCHANGES) {
      EXCHANGES.remove(connection);
    }
  }

  @Override
  public @Nullable Exchange open(Object self, Object @Nullable [] args) {
    return exchange((HttpURLConnection) self);
  }

  @Override
  public void sending(Exchange exchange, Object self, Object @Nullable [] args) {
    ((HttpUrlExchange) exchange).apply((HttpURLConnection) self);
  }
}
