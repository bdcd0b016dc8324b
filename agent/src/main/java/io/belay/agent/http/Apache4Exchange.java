package io.belay.agent.http;

import io.belay.boot.Exchange;
import io.belay.boot.Tap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * One call of Apache HttpClient 4. The application's request is changed while the call lasts and is
 * put back afterwards, since it may be sent once more.
 */
final class Apache4Exchange extends Exchange {
  /** A larger body is no prompt; reading it would cost the application its memory twice. */
  private static final long LARGEST_READ = 64L << 20;

  private final HttpRequest request;
  private final String url;
  private final @Nullable HttpEntity given;
  private byte @Nullable [] body;
  private volatile WeakReference<@Nullable Apache4Entity> answer = new WeakReference<>(null);

  Apache4Exchange(@Nullable HttpHost target, HttpRequest request) {
    this.request = request;
    String asked = request.getRequestLine().getUri();
    this.url = target == null || asked.contains("://") ? asked : target.toURI() + asked;
    this.given =
        request instanceof HttpEntityEnclosingRequest enclosing ? enclosing.getEntity() : null;
  }

  @Override
  public String method() {
    return request.getRequestLine().getMethod();
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public @Nullable String header(String name) {
    Header header = request.getFirstHeader(name);
    if (header == null && name.equalsIgnoreCase("Content-Type") && given != null) {
      header = given.getContentType();
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
    ByteArrayEntity entity = new ByteArrayEntity(bytes);
    entity.setContentType(old.getContentType());
    entity.setContentEncoding(old.getContentEncoding());
    ((HttpEntityEnclosingRequest) request).setEntity(entity);
  }

  @Override
  public boolean replaceBody(byte[] replacement) {
    if (given == null || body == null || isSigned()) {
      return false;
    }
    put(given, replacement);
    return true;
  }

  private void putBack() {
    if (given != null) {
      ((HttpEntityEnclosingRequest) request).setEntity(given);
    }
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
    Apache4Entity reading = answer.get();
    return reading == null ? super.giveUp(stopped) : reading.giveUp();
  }

  @Override
  public void abort() {
    if (request instanceof HttpUriRequest running) {
      running.abort();
    }
  }

  @Override
  public void threw(Throwable thrown) {
    putBack();
  }

  @Override
  public @Nullable Object returned(@Nullable Object result) {
    putBack();
    Tap tap = tap();
    if (tap == null || !(result instanceof CloseableHttpResponse response)) {
      return result;
    }
    HttpEntity entity = response.getEntity();
    Header type = entity == null ? null : entity.getContentType();
    Header encoding = entity == null ? null : entity.getContentEncoding();
    tap.answered(
        response.getStatusLine().getStatusCode(),
        type == null ? null : type.getValue(),
        encoding == null ? null : encoding.getValue());
    for (Header header : response.getAllHeaders()) {
      tap.header(header.getName(), header.getValue());
    }
    if (entity == null || entity.getContentLength() == 0) {
      tap.done(null);
      return result;
    }
    Apache4Entity shown = new Apache4Entity(entity, tap);
    answer = new WeakReference<>(shown);
    response.setEntity(shown);
    return closing(response, shown, tap);
  }

  /** This client closes a response without a word to its entity. */
  private static Object closing(CloseableHttpResponse response, Apache4Entity shown, Tap tap) {
    return Proxy.newProxyInstance(
        CloseableHttpResponse.class.getClassLoader(),
        new Class<?>[] {CloseableHttpResponse.class},
        (proxy, method, args) -> {
          boolean closes = method.getName().equals("close");
          try {
            if (closes) {
              shown.giveUp();
            }
            return method.invoke(response, args);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          } finally {
            if (closes) {
              tap.closedEarly();
            }
          }
        });
  }
}
