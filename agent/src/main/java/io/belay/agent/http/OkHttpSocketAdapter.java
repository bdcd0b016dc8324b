package io.belay.agent.http;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import io.belay.boot.Skip;
import okhttp3.WebSocket;
import org.jspecify.annotations.Nullable;

/** A message on an open WebSocket of OkHttp; refused as the API says: {@code false}. */
public final class OkHttpSocketAdapter extends Adapter {
  @Override
  public Exchange open(Object self, Object[] args) {
    return new Message(((WebSocket) self).request().url().toString());
  }

  /** It is queued here and now, so there is nothing to abort. */
  private static final class Message extends NamedExchange {
    Message(String url) {
      super(url);
    }

    @Override
    public boolean sends() {
      return false;
    }

    @Override
    public String method() {
      return "SEND";
    }

    @Override
    public void abort() {}

    @Override
    public Skip refused(RuntimeException why) {
      return new Skip(false);
    }

    @Override
    public @Nullable Object returned(@Nullable Object result) {
      tap().done(null);
      return result;
    }
  }
}
