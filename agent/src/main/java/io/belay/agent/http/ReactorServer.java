package io.belay.agent.http;

import io.belay.boot.Inbound;
import io.belay.boot.ServerAdapter;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerState;

/** Reactor Netty 1.0 to 1.3, as a server. */
public final class ReactorServer extends ServerAdapter {
  /** Of what a connection's new state is about, if that is a request; or of a failed answer. */
  @Override
  public @Nullable Inbound request(Object self, Object[] args) {
    if (args.length == 1) {
      return new ReactorRequest(self);
    }
    return args[1] == HttpServerState.REQUEST_RECEIVED ? new ReactorRequest(args[0]) : null;
  }

  @Override
  public Object key(Object self, Object[] args) {
    return self;
  }
}
