package io.belay.agent.http;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * OkHttp 3.12 to 5, compiled against 3.x: what it uses has kept its binary shape since. A call is
 * decided about where it is executed or queued; its request is replaced and its answer tapped at
 * the head of the interceptor chain, which no client can be built without.
 */
public final class OkHttpAdapter extends Adapter {
  @Override
  public Exchange open(Object self, Object[] args) {
    Call call = (Call) self;
    if (args == null || args.length == 0) {
      return new OkHttpExchange(call, false);
    }
    OkHttpExchange exchange = new OkHttpExchange(call, true);
    args[0] = exchange.new Queued((Callback) args[0]);
    return exchange;
  }

  @Override
  public Object handle(Object self, Object[] args) {
    return ((Interceptor.Chain) self).call();
  }

  @Override
  public void sending(Exchange exchange, Object self, Object[] args) {
    args[0] = ((OkHttpExchange) exchange).rewritten((Request) args[0]);
  }

  @Override
  public Object answered(Exchange exchange, Object result) {
    return ((OkHttpExchange) exchange).tapped((Response) result);
  }
}
