package io.belay.agent.http;

import io.belay.boot.Tap;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.internal.http.TransformingAsyncResponseHandler;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The SDK's handler of an answer, with the tap before it. Demand passes through untouched. An error
 * in the middle is not the call's end, since the SDK may try again: its future is.
 */
final class AwsHandler<T> implements TransformingAsyncResponseHandler<T> {
  private final TransformingAsyncResponseHandler<T> given;
  private final AwsExchange exchange;
  private final Tap tap;
  private boolean shows;

  AwsHandler(TransformingAsyncResponseHandler<T> given, AwsExchange exchange, Tap tap) {
    this.given = given;
    this.exchange = exchange;
    this.tap = tap;
  }

  @Override
  public CompletableFuture<T> prepare() {
    return given.prepare();
  }

  @Override
  public void onHeaders(SdkHttpResponse head) {
    shows = AwsExchange.tell(tap, head);
    Object resumed = tap.resume();
    try {
      given.onHeaders(head);
    } finally {
      tap.pause(resumed);
    }
  }

  @Override
  public void onStream(Publisher<ByteBuffer> stream) {
    if (shows) {
      exchange.answer(stream);
    }
    Object resumed = tap.resume();
    try {
      given.onStream(shows ? body -> stream.subscribe(new Tapped(body, exchange, tap)) : stream);
    } finally {
      tap.pause(resumed);
    }
  }

  @Override
  public void onError(Throwable failure) {
    RuntimeException stopped = tap.stopped();
    given.onError(stopped == null ? failure : stopped);
  }

  @Override
  public String toString() {
    return exchange.method() + ' ' + given;
  }

  private static final class Tapped implements Subscriber<ByteBuffer> {
    private final Subscriber<? super ByteBuffer> given;
    private final AwsExchange exchange;
    private final Tap tap;

    Tapped(Subscriber<? super ByteBuffer> given, AwsExchange exchange, Tap tap) {
      this.given = given;
      this.exchange = exchange;
      this.tap = tap;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      given.onSubscribe(tap.counts() ? new Left(subscription, exchange, tap) : subscription);
    }

    @Override
    public void onNext(ByteBuffer bytes) {
      tap.read(bytes);
      Object resumed = tap.resume();
      try {
        given.onNext(bytes);
      } finally {
        tap.pause(resumed);
      }
    }

    @Override
    public void onError(Throwable failure) {
      RuntimeException stopped = tap.stopped();
      given.onError(stopped == null ? failure : stopped);
    }

    @Override
    public void onComplete() {
      if (!tap.failed()) {
        tap.done(null);
      }
      Object resumed = tap.resume();
      try {
        given.onComplete();
      } finally {
        tap.pause(resumed);
      }
    }
  }

  /** Counts what has come when no more is wanted. */
  private record Left(Subscription given, AwsExchange exchange, Tap tap) implements Subscription {
    @Override
    public void request(long n) {
      given.request(n);
    }

    @Override
    public void cancel() {
      exchange.giveUp(false);
      tap.left();
      given.cancel();
    }
  }
}
