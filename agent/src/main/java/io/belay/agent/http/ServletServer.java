package io.belay.agent.http;

import io.belay.boot.Inbound;
import io.belay.boot.ServerAdapter;
import org.jspecify.annotations.Nullable;

/** The servlet API under both of its names: what it is asked is asked by name. */
public final class ServletServer extends ServerAdapter {
  private volatile @Nullable ServletApi api;

  @Override
  public Inbound request(Object self, Object[] args) {
    return new ServletInbound(apiOf(args[0]), args[0], args[1]);
  }

  /** Of a servlet that is called, or of an asynchronous answer. */
  @Override
  public @Nullable Object key(Object self, Object[] args) {
    ServletApi names = apiOf(args.length == 0 ? self : args[0]);
    Object request = args.length == 0 ? names.call(ServletApi.REQUEST_OF_ASYNC, self) : args[0];
    return request == null ? null : names.call(ServletApi.ATTRIBUTE, request, ServletApi.MARK);
  }

  private ServletApi apiOf(Object any) {
    ServletApi known = api;
    if (known == null) {
      known = ServletApi.of(any.getClass());
      api = known;
    }
    return known;
  }
}
