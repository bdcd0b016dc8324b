package io.belay.agent.http;

import io.belay.boot.Exchange;
import org.jspecify.annotations.Nullable;

/** What has a name to be known by and is no request of HTTP: it has neither a header nor a body. */
abstract class NamedExchange extends Exchange {
  private final String name;

  NamedExchange(String name) {
    this.name = name;
  }

  @Override
  public String method() {
    return "";
  }

  @Override
  public final String url() {
    return name;
  }

  @Override
  public final @Nullable String header(String header) {
    return null;
  }

  @Override
  public final byte @Nullable [] body() {
    return null;
  }
}
