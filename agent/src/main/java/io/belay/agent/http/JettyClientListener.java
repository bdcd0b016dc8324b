package io.belay.agent.http;

import io.belay.boot.Tap;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The application's listener, with the tap before it: each part of it that it has hears what it
 * would have heard, as work of the run that made the call.
 */
final class JettyClientListener
    implements Response.BeginListener,
        Response.HeaderListener,
        Response.HeadersListener,
        Response.ContentSourceListener,
        Response.SuccessListener,
        Response.FailureListener,
        Response.CompleteListener {
  private final JettyClientExchange exchange;
  private final Response.@Nullable CompleteListener given;

  JettyClientListener(JettyClientExchange exchange, Response.@Nullable CompleteListener given) {
    this.exchange = exchange;
    this.given = given;
  }

  /** Calls the application. */
  private void tell(Runnable call) {
    Tap tap = exchange.tap();
    Object resumed = tap == null ? null : tap.resume();
    try {
      call.run();
    } finally {
      if (tap != null && resumed != null) {
        tap.pause(resumed);
      }
    }
  }

  @Override
  public void onBegin(Response response) {
    if (given instanceof Response.BeginListener begins) {
      tell(() -> begins.onBegin(response));
    }
  }

  @Override
  public boolean onHeader(Response response, HttpField field) {
    boolean[] keeps = {true};
    if (given instanceof Response.HeaderListener header) {
      tell(() -> keeps[0] = header.onHeader(response, field));
    }
    return keeps[0];
  }

  @Override
  public void onHeaders(Response response) {
    Tap tap = exchange.tap();
    int status = response.getStatus();
    if (tap != null && (status / 100 != 1 || status == 101)) {
      for (HttpField field : response.getHeaders()) {
        tap.header(field.getName(), field.getValue());
      }
      tap.answered(status, response.getHeaders().get("Content-Type"), exchange.encoding(response));
    }
    if (given instanceof Response.HeadersListener headers) {
      tell(() -> headers.onHeaders(response));
    }
  }

  @Override
  public void onContentSource(Response response, Content.Source source) {
    Tap tap = exchange.tap();
    Content.Source tapped = tap == null ? source : new JettyClientSource(source, exchange, tap);
    exchange.answer(source);
    if (given instanceof Response.ContentSourceListener content) {
      tell(() -> content.onContentSource(response, tapped));
    } else {
      Content.Source.consumeAll(tapped, Callback.NOOP);
    }
  }

  /** Whoever waits may make the next call at once: by then this one is settled. */
  @Override
  public void onSuccess(Response response) {
    Tap tap = exchange.tap();
    if (tap != null) {
      tap.done(null);
    }
    if (given instanceof Response.SuccessListener success) {
      tell(() -> success.onSuccess(response));
    }
  }

  @Override
  public void onFailure(Response response, Throwable failure) {
    if (given instanceof Response.FailureListener fails) {
      tell(() -> fails.onFailure(response, failure));
    }
  }

  @Override
  public void onComplete(Result result) {
    tell(
        () -> {
          Tap tap = exchange.tap();
          if (tap != null) {
            tap.done(result.getFailure());
          }
          if (given != null) {
            given.onComplete(result);
          }
        });
  }
}
