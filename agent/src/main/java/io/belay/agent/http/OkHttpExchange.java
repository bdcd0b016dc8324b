package io.belay.agent.http;

import io.belay.boot.Exchange;
import io.belay.boot.Skip;
import io.belay.boot.Tap;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ref.WeakReference;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** One call of OkHttp. Aborted by {@link Call#cancel}, which is safe from any thread, any time. */
final class OkHttpExchange extends Exchange {
  /** A larger body is no prompt; reading it would cost the application its memory twice. */
  private static final long LARGEST_READ = 64L << 20;

  private final Call call;
  private final boolean queued;
  private Request request;
  private @Nullable Callback callback;
  private byte @Nullable [] body;
  private volatile WeakReference<TappedBody.@Nullable Tapped> reader = new WeakReference<>(null);

  OkHttpExchange(Call call, boolean queued) {
    this.call = call;
    this.queued = queued;
    this.request = call.request();
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String url() {
    return request.url().toString();
  }

  @Override
  public @Nullable String header(String name) {
    if (name.equalsIgnoreCase("Content-Type") && request.body() != null) {
      return String.valueOf(request.body().contentType());
    }
    return request.header(name);
  }

  @Override
  public long bodyLength() {
    try {
      return request.body() == null ? 0 : request.body().contentLength();
    } catch (IOException e) {
      return -1;
    }
  }

  /** One that can be sent only once is sent as what was read; one that answers is left alone. */
  @Override
  public byte @Nullable [] body() {
    RequestBody given = request.body();
    if (body == null && given != null && bodyLength() <= LARGEST_READ && !isDuplex(given)) {
      try (Buffer buffer = new Buffer()) {
        given.writeTo(buffer);
        body = buffer.readByteArray();
      } catch (IOException e) {
        return null; // The application will meet the same error when the call is sent.
      }
      if (isOnce(given)) {
        put(given, body);
      }
    }
    return body;
  }

  /** {@code isOneShot} and {@code isDuplex} came in 3.14: before, every body could be repeated. */
  private static boolean isOnce(RequestBody given) {
    try {
      return given.isOneShot();
    } catch (NoSuchMethodError olderThan314) {
      return false;
    }
  }

  private static boolean isDuplex(RequestBody given) {
    try {
      return given.isDuplex();
    } catch (NoSuchMethodError olderThan314) {
      return false;
    }
  }

  private void put(RequestBody old, byte[] bytes) {
    RequestBody changed = RequestBody.create(old.contentType(), bytes);
    request = request.newBuilder().method(request.method(), changed).build();
  }

  @Override
  public boolean replaceBody(byte[] replacement) {
    RequestBody given = request.body();
    if (given == null || body == null || isSigned()) {
      return false;
    }
    put(given, replacement);
    return true;
  }

  @Override
  public boolean setHeader(String name, String value) {
    request = request.newBuilder().header(name, value).build();
    return true;
  }

  @Override
  public void abort() {
    call.cancel();
  }

  @Override
  public boolean async() {
    return queued;
  }

  @Override
  public Object handle() {
    return call;
  }

  /** A queued call fails through its callback: what is thrown there kills a dispatcher's thread. */
  @Override
  public @Nullable Skip refused(RuntimeException why) {
    if (callback == null) {
      return null;
    }
    callback.onFailure(call, failure(why));
    return new Skip(null);
  }

  static IOException failure(RuntimeException why) {
    IOException failure = new InterruptedIOException(why.getMessage());
    failure.initCause(why);
    return failure;
  }

  /** A dispatcher's thread takes an I/O error for an answer; anything else kills it. */
  @Override
  public Throwable inside(RuntimeException why) {
    return queued ? failure(why) : why;
  }

  /** The request to send in place of the application's; the chain asks once for each call. */
  Request rewritten(Request given) {
    return request == call.request() ? given : request;
  }

  Response tapped(Response response) {
    Tap tap = tap();
    ResponseBody given = response.body();
    if (tap == null) {
      return response;
    }
    if (given == null) {
      tap.done(null);
      return response;
    }
    okhttp3.MediaType type = given.contentType();
    for (int i = 0; i < response.headers().size(); i++) {
      tap.header(response.headers().name(i), response.headers().value(i));
    }
    tap.answered(
        response.code(),
        type == null ? response.header("Content-Type") : type.toString(),
        response.header("Content-Encoding"));
    if (response.code() == 101) {
      return response; // A WebSocket's streams are not a body; its callback knows when it ends.
    }
    if (given.contentLength() == 0 || request.method().equals("HEAD") || response.code() == 304) {
      tap.done(null);
      return response;
    }
    boolean alone = response.protocol() != Protocol.HTTP_2;
    TappedBody body = new TappedBody(given, tap, queued, alone, call::cancel);
    reader = new WeakReference<>(body.tapped());
    return response.newBuilder().body(body).build();
  }

  @Override
  public boolean giveUp(boolean stopped) {
    TappedBody.Tapped reading = reader.get();
    return reading == null ? super.giveUp(stopped) : reading.giveUp();
  }

  /** The application's callback, told of in time that its call is over. */
  final class Queued implements Callback {
    private final Callback given;

    Queued(Callback given) {
      this.given = given;
      callback = given;
    }

    @Override
    public void onFailure(Call failed, IOException e) {
      Tap tap = tap();
      if (tap == null) {
        given.onFailure(failed, e);
        return;
      }
      RuntimeException stopped = tap.stopped();
      Object resumed = tap.resume();
      try {
        tap.done(e);
        given.onFailure(failed, stopped == null ? e : failure(stopped));
      } finally {
        tap.pause(resumed);
      }
    }

    @Override
    public void onResponse(Call answered, Response response) throws IOException {
      Tap tap = tap();
      if (tap == null) {
        given.onResponse(answered, response);
        return;
      }
      Object resumed = tap.resume();
      try {
        given.onResponse(answered, response);
      } finally {
        if (response.code() == 101) {
          tap.done(null); // A WebSocket is read inside its callback until it is closed.
        }
        tap.pause(resumed);
      }
    }
  }
}
