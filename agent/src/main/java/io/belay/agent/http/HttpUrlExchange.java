package io.belay.agent.http;

import io.belay.boot.Exchange;
import io.belay.boot.Tap;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request over {@code HttpURLConnection}, or one step before it. Holds the connection weakly:
 * who drops it without reading the answer is not heard of again.
 */
final class HttpUrlExchange extends Exchange {
  private final WeakReference<HttpURLConnection> connection;
  private boolean sends;
  private final String method;
  private final String url;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private byte @Nullable [] replaced;
  private boolean headSeen;
  private boolean looking;
  private volatile boolean failed;
  private volatile WeakReference<@Nullable BodyStream> shown = new WeakReference<>(null);

  HttpUrlExchange(HttpURLConnection connection, boolean sends) {
    this.connection = new WeakReference<>(connection);
    this.sends = sends;
    String asked = connection.getRequestMethod();
    // The JDK makes a POST of a GET with a body.
    this.method = connection.getDoOutput() && asked.equals("GET") ? "POST" : asked;
    this.url = connection.getURL().toString();
  }

  /** Whether asking again sends nothing any more, or is our own asking. */
  boolean isAnswered() {
    Tap tap = tap();
    return failed || looking || (headSeen && tap != null && tap.isOver());
  }

  @Override
  public boolean sends() {
    return sends;
  }

  /** Many ask for the status and no more, and neither read nor disconnect. */
  @Override
  public boolean mayBeLeft() {
    return true;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public @Nullable String header(String name) {
    HttpURLConnection open = connection.get();
    return open == null ? null : open.getRequestProperty(name);
  }

  /**
   * One that would be sent as it is written is kept until the answer is asked for: this step only
   * opens the way then. A call to a model is nothing that must not be held in memory.
   */
  @Override
  public byte @Nullable [] body() {
    HttpURLConnection open = connection.get();
    if (open != null && sends && HttpUrlFields.streams(open)) {
      HttpUrlFields.keep(open);
      HttpUrlConnectionAdapter.forget(open);
      sends = false;
      return null;
    }
    ByteArrayOutputStream written = open == null ? null : HttpUrlFields.written(open);
    return written == null ? null : written.toByteArray();
  }

  @Override
  public long bodyLength() {
    HttpURLConnection open = connection.get();
    if (open == null || HttpUrlFields.streams(open)) {
      return -1;
    }
    ByteArrayOutputStream written = HttpUrlFields.written(open);
    return written == null ? 0 : written.size();
  }

  @Override
  public boolean replaceBody(byte[] body) {
    HttpURLConnection open = connection.get();
    if (open == null || HttpUrlFields.written(open) == null || isSigned()) {
      return false;
    }
    replaced = body;
    return true;
  }

  @Override
  public boolean setHeader(String name, String value) {
    headers.put(name, value);
    return true;
  }

  /** The request is about to be written, for the first time. */
  void apply(HttpURLConnection open) {
    if (replaced != null) {
      HttpUrlFields.replaceWritten(open, replaced);
    }
    headers.forEach((name, value) -> HttpUrlFields.setHeader(open, name, value));
  }

  @Override
  public void abort() {
    HttpURLConnection open = connection.get();
    if (open != null) {
      HttpUrlFields.closeSocket(open);
    }
  }

  @Override
  public @Nullable Object returned(@Nullable Object result) {
    Tap tap = tap();
    HttpURLConnection open = connection.get();
    if (tap == null || open == null) {
      return result;
    }
    if (!sends) {
      tap.done(null);
      return result;
    }
    if (!(result instanceof InputStream body)) {
      return result; // A stream to write to: the answer is yet to be asked for.
    }
    int status = head(open, tap);
    long length = hasNoBody(status) ? 0 : length(open);
    if (length == 0) {
      tap.done(null);
      return result;
    }
    tap.reader(open); // Its streams hold it: while one is read, it is reachable.
    return shown(open, body, tap, length);
  }

  /** One for each body: who asks for it again reads on where he was. */
  private BodyStream shown(HttpURLConnection open, InputStream body, Tap tap, long length) {
    BodyStream known = shown.get();
    if (known == null || !known.shows(body)) {
      // What is encrypted cannot be seen to have come.
      BodyStream.Haste haste = url.startsWith("https:") ? () -> HttpUrlFields.hasten(open) : null;
      known = BodyStream.tapped(body, tap, length, haste, open);
      shown = new WeakReference<>(known);
    }
    return known;
  }

  @Override
  public boolean giveUp(boolean stopped) {
    Tap tap = tap();
    HttpURLConnection open = connection.get();
    if (open == null) {
      return super.giveUp(stopped);
    }
    InputStream body = tap == null ? null : HttpUrlFields.body(open);
    if (tap == null || body == null) {
      return false;
    }
    boolean unread = shown(open, body, tap, -1).giveUp(stopped);
    // The rest of it, where that was too much for the moment or could not be seen.
    InputStream socket = tap.counts() && !tap.isOver() ? HttpUrlFields.socket(open) : null;
    if (socket != null) {
      long waiting = tap.waiting(socket);
      tap.unread(waiting < 0 ? -1 : HttpUrlFields.held(open) + waiting, false);
    }
    return unread;
  }

  private boolean hasNoBody(int status) {
    return status < 0 || method.equals("HEAD") || status == 204 || status == 304;
  }

  @Override
  public void threw(Throwable thrown) {
    Tap tap = tap();
    HttpURLConnection open = connection.get();
    if (sends && tap != null && open != null && tap.stopped() == null) {
      head(open, tap);
    }
    failed = true;
  }

  private long length(HttpURLConnection open) {
    looking = true;
    try {
      return open.getContentLengthLong();
    } finally {
      looking = false;
    }
  }

  /** Shows the head once; answers the status, or -1 when there is none. */
  private int head(HttpURLConnection open, Tap tap) {
    looking = true;
    try {
      int status = open.getResponseCode();
      if (!headSeen && status > 0) {
        headSeen = true;
        tap.answered(status, open.getContentType(), open.getContentEncoding());
        for (int i = 1; open.getHeaderFieldKey(i) != null; i++) {
          tap.header(open.getHeaderFieldKey(i), open.getHeaderField(i));
        }
      }
      return status;
    } catch (java.io.IOException | RuntimeException noAnswer) {
      return -1;
    } finally {
      looking = false;
    }
  }
}
