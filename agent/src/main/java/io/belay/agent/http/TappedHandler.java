package io.belay.agent.http;

import io.belay.boot.Tap;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;

/** The application's body handler, with a tap behind it. */
final class TappedHandler<T> implements BodyHandler<T> {
  private final BodyHandler<T> given;
  private final JavaHttpExchange exchange;

  TappedHandler(BodyHandler<T> given, JavaHttpExchange exchange) {
    this.given = given;
    this.exchange = exchange;
  }

  JavaHttpExchange exchange() {
    return exchange;
  }

  @Override
  public BodySubscriber<T> apply(ResponseInfo head) {
    Tap tap = exchange.tap();
    if (tap == null) {
      return given.apply(head);
    }
    head.headers().map().forEach((name, values) -> values.forEach(v -> tap.header(name, v)));
    tap.answered(
        head.statusCode(),
        head.headers().firstValue("Content-Type").orElse(null),
        head.headers().firstValue("Content-Encoding").orElse(null));
    Object resumed = tap.resume();
    try {
      TappedSubscriber<T> body = new TappedSubscriber<>(given.apply(head), exchange, tap);
      exchange.body(body);
      return body;
    } finally {
      tap.pause(resumed);
    }
  }
}
