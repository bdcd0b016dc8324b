package io.belay.agent.http;

import io.belay.boot.Exchange;
import io.belay.boot.Tap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * One blocking call of Apache HttpClient 5. The application's request is changed while the call
 * lasts and is put back afterwards, since it may be sent once more.
 */
final class Apache5Exchange extends Exchange {
  /** A larger body is no prompt; reading it would cost the application its memory twice. */
  private static final long LARGEST_READ = 64L << 20;

  private final URI uri;
  private final @Nullable HttpEntity given;
  private ClassicHttpRequest request;
  private byte @Nullable [] body;
  private volatile WeakReference<@Nullable Apache5Entity> answer = new WeakReference<>(null);

  private Apache5Exchange(URI uri, ClassicHttpRequest request) {
    this.uri = uri;
    this.request = request;
    this.given = request.getEntity();
  }

  static Apache5Exchange of(@Nullable HttpHost target, ClassicHttpRequest request) {
    try {
      URI asked = request.getUri();
      URI base = target == null ? asked : URI.create(target.toURI());
      return new Apache5Exchange(asked.isAbsolute() ? asked : base.resolve(asked), request);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Makes a request that can be cancelled of one that cannot. */
  interface Maker {
    HttpUriRequestBase make(String method, URI uri);
  }

  /** A request that can be cancelled, in place of one that cannot. */
  ClassicHttpRequest cancellable(Maker maker, @Nullable Configurable configured) {
    HttpUriRequestBase copy = maker.make(request.getMethod(), uri);
    copy.setVersion(request.getVersion());
    for (Header header : request.getHeaders()) {
      copy.addHeader(header);
    }
    copy.setEntity(given);
    if (configured != null) {
      copy.setConfig(configured.getConfig());
    }
    request = copy;
    return copy;
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String url() {
    return uri.toString();
  }

  @Override
  public @Nullable String header(String name) {
    Header header = request.getFirstHeader(name);
    if (header == null && name.equalsIgnoreCase("Content-Type") && given != null) {
      return given.getContentType();
    }
    return header == null ? null : header.getValue();
  }

  @Override
  public long bodyLength() {
    return given == null ? 0 : given.getContentLength();
  }

  /** One that can be sent only once is sent as what was read. */
  @Override
  public byte @Nullable [] body() {
    if (body == null && given != null && bodyLength() <= LARGEST_READ) {
      try {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        given.writeTo(bytes);
        body = bytes.toByteArray();
      } catch (IOException e) {
        return null; // The application will meet the same error when the call is sent.
      }
      if (!given.isRepeatable()) {
        put(given, body);
      }
    }
    return body;
  }

  private void put(HttpEntity old, byte[] bytes) {
    ContentType type = ContentType.parse(old.getContentType());
    request.setEntity(new ByteArrayEntity(bytes, type, old.getContentEncoding()));
  }

  @Override
  public boolean replaceBody(byte[] replacement) {
    if (given == null || body == null || isSigned()) {
      return false;
    }
    put(given, replacement);
    return true;
  }

  @Override
  public boolean setHeader(String name, String value) {
    request.setHeader(name, value);
    return true;
  }

  /** By which the application cancels it, too. */
  @Override
  public Object handle() {
    return request;
  }

  /** An answer that nobody holds any more is over, so it is not held. */
  @Override
  public boolean giveUp(boolean stopped) {
    Apache5Entity reading = answer.get();
    return reading == null ? super.giveUp(stopped) : reading.giveUp();
  }

  @Override
  public void abort() {
    if (request instanceof Cancellable running) {
      running.cancel();
    }
  }

  @Override
  public void threw(Throwable thrown) {
    request.setEntity(given);
  }

  @Override
  public @Nullable Object returned(@Nullable Object result) {
    request.setEntity(given);
    Tap tap = tap();
    if (tap == null || !(result instanceof ClassicHttpResponse response)) {
      return result;
    }
    HttpEntity entity = response.getEntity();
    String type = entity == null ? null : entity.getContentType();
    tap.answered(response.getCode(), type, entity == null ? null : entity.getContentEncoding());
    for (Header header : response.getHeaders()) {
      tap.header(header.getName(), header.getValue());
    }
    if (entity == null || entity.getContentLength() == 0) {
      tap.done(null);
    } else {
      Apache5Entity shown = new Apache5Entity(entity, tap);
      answer = new WeakReference<>(shown);
      response.setEntity(shown);
    }
    return result;
  }
}
