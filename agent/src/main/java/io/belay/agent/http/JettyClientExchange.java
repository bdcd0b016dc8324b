package io.belay.agent.http;

import io.belay.boot.Exchange;
import io.belay.boot.Skip;
import io.belay.boot.Tap;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.concurrent.CancellationException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.ContentDecoder;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.client.transport.HttpResponse;
import org.eclipse.jetty.client.transport.ResponseListeners;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * One call of Jetty's client, with all its attempts. Where a body for a model is still to be
 * written, the call is sent once it is there.
 */
final class JettyClientExchange extends Exchange {
  /** A larger body is no prompt; reading it would cost the application its memory twice. */
  private static final long LARGEST_READ = 64L << 20;

  private static final String KNOWN = JettyClientExchange.class.getName();

  private final HttpRequest request;
  private final Destination destination;
  private final Response.@Nullable CompleteListener given;
  private byte @Nullable [] body;
  private boolean waits;
  private volatile WeakReference<Content.@Nullable Source> answer = new WeakReference<>(null);

  JettyClientExchange(
      HttpRequest request, Destination destination, Response.@Nullable CompleteListener given) {
    this.request = request;
    this.destination = destination;
    this.given = given;
  }

  /** Whether it is an attempt of a call that was decided about. */
  static boolean isKnown(HttpRequest request) {
    return of(request.getConversation()) != null;
  }

  /** The call that {@code conversation} is about, if it was decided about. */
  static @Nullable JettyClientExchange of(HttpConversation conversation) {
    return (JettyClientExchange) conversation.getAttribute(KNOWN);
  }

  JettyClientListener listener() {
    return new JettyClientListener(this, given);
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String url() {
    URI uri = request.getURI();
    return uri != null && uri.isAbsolute()
        ? uri.toString()
        : request.getScheme() + "://" + request.getHost() + ':' + request.getPort() + path();
  }

  private String path() {
    String query = request.getQuery();
    return query == null ? request.getPath() : request.getPath() + '?' + query;
  }

  @Override
  public @Nullable String header(String name) {
    String value = request.getHeaders().get(name);
    Request.Content content = request.getBody();
    return value == null && content != null && name.equalsIgnoreCase("Content-Type")
        ? content.getContentType()
        : value;
  }

  @Override
  public long bodyLength() {
    Request.Content content = request.getBody();
    return content == null ? 0 : content.getLength();
  }

  @Override
  public byte @Nullable [] body() {
    Request.Content content = request.getBody();
    if (body == null && content != null && content.getLength() <= LARGEST_READ) {
      if (content instanceof BytesRequestContent) {
        body = JettyClientBody.read(content);
      } else {
        waits = !(content instanceof JettyClientBody.Rest);
      }
    }
    return body;
  }

  @Override
  public @Nullable Skip postponed() {
    Request.Content content = request.getBody();
    if (!waits || content == null) {
      request.getConversation().setAttribute(KNOWN, this);
      return null;
    }
    new JettyClientBody(content, LARGEST_READ, this).gather();
    return new Skip(null);
  }

  /** The body is there. */
  void send(Request.Content whole) {
    request.body(whole);
    destination.send(request, given);
  }

  @Override
  public boolean replaceBody(byte[] replacement) {
    Request.Content content = request.getBody();
    if (body == null || content == null || isSigned()) {
      return false;
    }
    request.body(new BytesRequestContent(content.getContentType(), replacement));
    if (request.getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
      request.headers(headers -> headers.put(HttpHeader.CONTENT_LENGTH, replacement.length));
    }
    return true;
  }

  @Override
  public boolean setHeader(String name, String value) {
    request.headers(headers -> headers.put(name, value));
    return true;
  }

  @Override
  public boolean async() {
    return true;
  }

  @Override
  public boolean eachAttempt() {
    return true;
  }

  @Override
  public Object handle() {
    return request.getConversation();
  }

  /** In the way in which this client tells of what it could not send. */
  @Override
  public Skip refused(RuntimeException why) {
    fail(why);
    return new Skip(null);
  }

  void fail(Throwable why) {
    var unused = request.abort(why);
    ResponseListeners listeners = request.getResponseListeners();
    listeners.addCompleteListener(given, true);
    Response none = new HttpResponse(request);
    listeners.notifyFailure(none, why);
    listeners.notifyComplete(new Result(request, why, none, why));
  }

  /** An attempt leaves now. */
  void leaves() {
    Tap tap = tap();
    if (tap != null) {
      tap.leaving();
    }
  }

  /**
   * The encoding of what is shown: what the client unpacks itself has none, though old versions
   * name it still.
   */
  @Nullable String encoding(Response response) {
    String encoding = response.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    if (encoding != null && destination instanceof HttpDestination known) {
      for (ContentDecoder.Factory factory : known.getHttpClient().getContentDecoderFactories()) {
        if (factory.getEncoding().equalsIgnoreCase(encoding)) {
          return null;
        }
      }
    }
    return encoding;
  }

  /** The answer's body comes from here. */
  void answer(Content.Source body) {
    answer = new WeakReference<>(body);
  }

  /** Who reads is told of an abort by the client. */
  @Override
  public boolean giveUp(boolean stopped) {
    Tap tap = tap();
    Content.Source body = answer.get();
    if (tap == null || !tap.counts() || tap.isOver() || body == null) {
      return false;
    }
    new JettyClientBacklog(tap).tell(body, tap);
    return false;
  }

  @Override
  public void abort() {
    Tap tap = tap();
    RuntimeException stopped = tap == null ? null : tap.stopped();
    RuntimeException why = stopped == null ? new CancellationException("stopped") : stopped;
    // Whoever aborts tells the application's listeners.
    Told.soon(
        () -> {
          var unused = request.abort(why);
        });
  }
}
