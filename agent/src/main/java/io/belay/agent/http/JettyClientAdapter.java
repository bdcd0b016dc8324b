package io.belay.agent.http;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's client 12, compiled against 12.0. A call is decided about where it is sent. Its
 * conversation, which later attempts of the client's own share, leads each of them back to it.
 */
public final class JettyClientAdapter extends Adapter {
  @Override
  public @Nullable Exchange open(Object self, Object @Nullable [] args) {
    if (args == null) {
      JettyClientExchange given = JettyClientExchange.of(((HttpExchange) self).getConversation());
      if (given != null) {
        given.giveUp(false);
      }
      return null; // Its listeners are told of the end.
    }
    HttpRequest request = (HttpRequest) self;
    if (JettyClientExchange.isKnown(request)) {
      return null; // The client follows a redirect, or shows who it is: an attempt of a known call.
    }
    JettyClientExchange exchange =
        new JettyClientExchange(
            request, (Destination) args[0], (Response.CompleteListener) args[1]);
    args[1] = exchange.listener();
    return exchange;
  }

  @Override
  public @Nullable Object handle(Object self, Object @Nullable [] args) {
    return args != null && args[0] instanceof HttpExchange attempt
        ? attempt.getConversation()
        : null;
  }

  @Override
  public void sending(Exchange exchange, Object self, Object[] args) {
    ((JettyClientExchange) exchange).leaves();
  }
}
