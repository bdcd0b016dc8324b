package io.belay.agent.http;

import io.belay.boot.Inbound;
import io.belay.boot.ServerAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Spring WebFlux 5.3 to 7, on whichever server: it says how a request of that server is answered
 * when the application's part of it has failed.
 */
public final class WebFluxServer extends ServerAdapter {
  @Override
  public @Nullable Inbound request(Object self, Object[] args) {
    ServerWebExchange exchange = exchange(args);
    return exchange == null ? null : new WebFluxExchange(exchange);
  }

  /** The request as its server knows it. */
  @Override
  public @Nullable Object key(Object self, Object[] args) {
    ServerWebExchange exchange = exchange(args);
    return exchange != null && exchange.getRequest() instanceof AbstractServerHttpRequest request
        ? request.getNativeRequest()
        : null;
  }

  private static @Nullable ServerWebExchange exchange(Object[] args) {
    for (Object argument : args) {
      if (argument instanceof ServerWebExchange exchange) {
        return exchange;
      }
    }
    return null;
  }
}
