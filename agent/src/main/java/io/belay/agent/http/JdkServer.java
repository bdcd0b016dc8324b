package io.belay.agent.http;

import com.sun.net.httpserver.HttpExchange;
import io.belay.boot.Inbound;
import io.belay.boot.ServerAdapter;
import org.jspecify.annotations.Nullable;

/** The JDK's own {@code com.sun.net.httpserver}, 17 to 25. */
public final class JdkServer extends ServerAdapter {
  @Override
  public Inbound request(Object self, Object[] args) {
    return new JdkServerRequest((HttpExchange) args[0], JdkServerFields.implementation(args[0]));
  }

  /** Of the event that says that an answer is written; or the exchange that is closed. */
  @Override
  public @Nullable Object key(Object self, Object[] args) {
    return args.length == 0 ? self : JdkServerFields.exchangeOf(args[0]);
  }
}
