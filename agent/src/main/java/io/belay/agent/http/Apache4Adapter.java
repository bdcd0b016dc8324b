package io.belay.agent.http;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Apache HttpClient 4: the one method in which every blocking call ends. */
public final class Apache4Adapter extends Adapter {
  @Override
  public @Nullable Exchange open(Object self, Object[] args) {
    return args[1] instanceof HttpRequest request
        ? new Apache4Exchange((HttpHost) args[0], request)
        : null;
  }
}
