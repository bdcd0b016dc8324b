package io.belay.agent.http;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/** Apache HttpClient 5, classic: the one method in which every blocking call ends. */
public final class Apache5Adapter extends Adapter {
  @Override
  public @Nullable Exchange open(Object self, Object[] args) {
    if (!(args[1] instanceof ClassicHttpRequest request)) {
      return null; // The client itself says what is wrong with that.
    }
    Apache5Exchange exchange = Apache5Exchange.of((HttpHost) args[0], request);
    if (!(request instanceof Cancellable)) {
      args[1] = exchange.cancellable(HttpUriRequestBase::new, config(request));
    }
    return exchange;
  }

  private static @Nullable Configurable config(ClassicHttpRequest request) {
    return request instanceof Configurable configurable ? configurable : null;
  }
}
