package io.belay.agent.http;

import io.belay.boot.Exchange;
import io.belay.boot.Skip;
import io.belay.boot.Tap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.internal.http.RequestExecutionContext;
import software.amazon.awssdk.core.internal.http.TransformingAsyncResponseHandler;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * One call of the AWS SDK, with all its attempts. A blocking one is ended through the attempt that
 * is under way; an asynchronous one through its future, which passes that on to the connection.
 */
final class AwsExchange extends Exchange {
  private final SdkHttpFullRequest given;
  private final RequestExecutionContext context;
  private final boolean async;
  private Object @Nullable [] args;
  private byte @Nullable [] body;
  private volatile WeakReference<@Nullable Publisher<?>> answer = new WeakReference<>(null);
  private @Nullable ExecutableHttpRequest attempt; // Guarded by this, as all below.
  private @Nullable CompletableFuture<?> future;
  private boolean aborted;

  AwsExchange(SdkHttpFullRequest given, RequestExecutionContext context, boolean async) {
    this.given = given;
    this.context = context;
    this.async = async;
  }

  /** Where the request is put in place of the application's, until the call is admitted. */
  AwsExchange sentBy(Object[] arguments) {
    args = arguments;
    return this;
  }

  @Override
  public String method() {
    return given.method().name();
  }

  @Override
  public String url() {
    return given.getUri().toString();
  }

  @Override
  public @Nullable String header(String name) {
    return given.firstMatchingHeader(name).orElse(null);
  }

  @Override
  public byte @Nullable [] body() {
    if (body == null && context.requestProvider() == null) {
      body =
          given
              .contentStreamProvider()
              .map(
                  content -> {
                    try (InputStream in = content.newStream()) {
                      return in.readAllBytes();
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  })
              .orElse(null);
    }
    return body;
  }

  @Override
  public boolean replaceBody(byte[] replacement) {
    if (body == null || args == null) {
      return false;
    }
    SdkHttpFullRequest.Builder changed = ((SdkHttpFullRequest) args[0]).toBuilder();
    if (header("Content-Length") != null) {
      changed.putHeader("Content-Length", String.valueOf(replacement.length));
    }
    args[0] = changed.contentStreamProvider(() -> new ByteArrayInputStream(replacement)).build();
    return true;
  }

  @Override
  public boolean setHeader(String name, String value) {
    if (args == null) {
      return false;
    }
    args[0] = ((SdkHttpFullRequest) args[0]).toBuilder().putHeader(name, value).build();
    return true;
  }

  @Override
  public boolean async() {
    return async;
  }

  @Override
  public boolean eachAttempt() {
    return true;
  }

  @Override
  public Object handle() {
    return context;
  }

  @Override
  public @Nullable Skip refused(RuntimeException why) {
    return async ? new Skip(CompletableFuture.failedFuture(why)) : null;
  }

  /** What an asynchronous attempt publishes. */
  void answer(Publisher<?> body) {
    answer = new WeakReference<>(body);
  }

  /** Who is told of the body is told of an abort, too. */
  @Override
  public boolean giveUp(boolean stopped) {
    Tap tap = tap();
    Publisher<?> body = answer.get();
    if (tap != null && tap.counts() && !tap.isOver()) {
      if (body != null) {
        tell(body, tap);
      } else if (!async) {
        super.giveUp(stopped);
      }
    }
    return false;
  }

  private static void tell(Publisher<?> body, Tap tap) {
    try {
      new AwsBacklog(tap).tell(body, tap);
    } catch (LinkageError noNetty) {
      tap.unread(-1, false);
    }
  }

  /** A blocking attempt leaves now. */
  void leaves() {
    Tap tap = tap();
    if (tap != null) {
      tap.leaving();
    }
  }

  /** An asynchronous attempt, which an event loop may make. */
  <T> TransformingAsyncResponseHandler<T> attempt(TransformingAsyncResponseHandler<T> handler) {
    Tap tap = tap();
    if (tap == null) {
      return handler;
    }
    tap.leaving();
    return new AwsHandler<>(handler, this, tap);
  }

  /** What a blocking attempt is ended by. */
  void attempt(ExecutableHttpRequest next) {
    boolean late;
    synchronized (this) {
      attempt = next;
      late = aborted;
    }
    if (late) {
      next.abort();
    }
  }

  /**
   * Tells of a head; answers whether what follows is the answer, and not one to try again after.
   */
  static boolean tell(Tap tap, SdkHttpResponse head) {
    if (!head.isSuccessful()) {
      return false;
    }
    for (Map.Entry<String, List<String>> header : head.headers().entrySet()) {
      header.getValue().forEach(value -> tap.header(header.getKey(), value));
    }
    tap.answered(
        head.statusCode(),
        head.firstMatchingHeader("Content-Type").orElse(null),
        head.firstMatchingHeader("Content-Encoding").orElse(null));
    return true;
  }

  SdkHttpFullResponse tapped(SdkHttpFullResponse response) {
    Tap tap = tap();
    if (tap == null || !tell(tap, response)) {
      return response;
    }
    AbortableInputStream content = response.content().orElse(null);
    if (content == null) {
      tap.done(null);
      return response;
    }
    long length = response.firstMatchingHeader("Content-Length").map(Long::parseLong).orElse(-1L);
    InputStream shown =
        BodyStream.tapped(content, tap, length, BodyStream.Rest.WHAT_CAME, response);
    tap.reader(shown);
    AbortableInputStream abortable =
        AbortableInputStream.create(
            shown,
            () -> {
              giveUp(false);
              content.abort();
              tap.closedEarly();
            });
    return response.toBuilder().content(abortable).build();
  }

  @Override
  public void threw(Throwable thrown) {
    args = null;
    turnedDown(thrown);
  }

  /**
   * Attempts that fail are told of when no other one follows, by the error that is made of them.
   * One that failed in the middle of its answer was told of already.
   */
  private void turnedDown(@Nullable Throwable failure) {
    Tap tap = tap();
    if (tap != null
        && !tap.failed()
        && failure instanceof SdkServiceException answer
        && answer.statusCode() > 0) {
      tap.answered(answer.statusCode(), null, null);
    }
  }

  @Override
  public @Nullable Object returned(@Nullable Object result) {
    args = null;
    if (!(result instanceof CompletableFuture<?> promise)) {
      return result;
    }
    boolean late;
    synchronized (this) {
      future = promise;
      late = aborted;
    }
    if (late) {
      end(promise, true);
    }
    // What whenComplete answers is a stage of ours, of which nobody needs to know.
    var unused =
        promise.whenComplete(
            (answer, failure) -> {
              Tap tap = tap();
              if (tap != null) {
                if (failure != null) {
                  giveUp(false); // Its future was given up, which ends the rest.
                }
                turnedDown(
                    failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure);
                tap.done(failure);
              }
            });
    return result;
  }

  @Override
  public void abort() {
    ExecutableHttpRequest running;
    CompletableFuture<?> promise;
    synchronized (this) {
      aborted = true;
      running = attempt;
      promise = future;
    }
    if (running != null) {
      running.abort();
    }
    if (promise != null) {
      end(promise, false);
    }
  }

  /** The SDK ends what it has begun when its future is over, however. */
  private void end(CompletableFuture<?> promise, boolean isNew) {
    Tap tap = tap();
    if (tap == null || tap.stopped() == null) {
      promise.cancel(true);
    } else if (isNew) {
      Told.atOnce(promise, tap);
    } else {
      Told.later(promise, tap);
    }
  }
}
