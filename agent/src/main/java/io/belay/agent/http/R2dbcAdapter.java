package io.belay.agent.http;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import io.belay.boot.Gate;
import io.r2dbc.spi.Result;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * R2DBC 0.9 and 1.0, whatever the driver: all of them are made with Reactor. What a driver answers
 * with is wrapped, so that each subscription to it asks the gate; it stays a {@link Mono} or a
 * {@link Flux}, as the driver's own types promise.
 */
public final class R2dbcAdapter extends Adapter {
  @Override
  public @Nullable Exchange open(Object self, Object[] args) {
    return null; // What is sent is known at the subscription.
  }

  @Override
  @SuppressWarnings("unchecked") // What it publishes is passed on as it is.
  public Object published(Object publisher, Object subject, String text, int site) {
    if (publisher instanceof Result derived && subject instanceof Result result) {
      R2dbcCall.derived(result, derived);
      Gate.opened(site, subject, derived);
      return publisher;
    }
    Publisher<Object> source = (Publisher<Object>) publisher;
    Publisher<Object> asking =
        subscriber -> R2dbcCall.subscribe(source, subject, text, site, subscriber);
    if (publisher instanceof Mono) {
      return Mono.fromDirect(asking);
    }
    return publisher instanceof Flux ? Flux.from(asking) : asking;
  }
}
