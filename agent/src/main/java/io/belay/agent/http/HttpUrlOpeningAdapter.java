package io.belay.agent.http;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * {@code HttpURLConnection}: the steps that only open the way. When the body is to be streamed, the
 * request leaves with them.
 */
public final class HttpUrlOpeningAdapter extends Adapter {
  @Override
  public @Nullable Exchange open(Object self, Object @Nullable [] args) {
    HttpURLConnection connection = (HttpURLConnection) self;
    return HttpUrlFields.streams(connection)
        ? HttpUrlConnectionAdapter.exchange(connection)
        : new HttpUrlExchange(connection, false);
  }
}
