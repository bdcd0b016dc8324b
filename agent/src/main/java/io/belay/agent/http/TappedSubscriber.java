package io.belay.agent.http;

import io.belay.boot.Tap;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The application's subscriber of a body, with the tap before it. Demand passes through untouched,
 * so the sender feels the application's own pace.
 *
 * <p>An abort comes from another thread, and a subscriber must hear one thing at a time: whoever is
 * in {@link #onNext} delivers the abort when it is done.
 */
final class TappedSubscriber<T> implements BodySubscriber<T>, Flow.Subscription {
  private static final int FREE = 0;
  private static final int BUSY = 1;
  private static final int ABORT_PENDING = 2;
  private static final int ENDED = 3;

  private static final byte[] NOTHING = new byte[0];
  private static final String JDK = "jdk.internal.net.http.ResponseSubscribers$";

  /** Subscribers of the JDK that call nothing of the application's. */
  private static final Set<String> SILENT =
      Set.of(
          JDK + "HttpResponseInputStream",
          JDK + "ByteArraySubscriber",
          JDK + "PathSubscriber",
          JDK + "NullSubscriber");

  private final BodySubscriber<T> given;
  private final JavaHttpExchange exchange;
  private final Tap tap;
  private final boolean silent;
  private final AtomicInteger state = new AtomicInteger();
  private final boolean filters;
  private volatile Flow.@Nullable Subscription upstream;
  private volatile boolean aborted;
  private long demand; // Guarded by this; counted only when there is a filter.
  private byte @Nullable [] rest; // Guarded by this: what comes when it is next asked for.

  TappedSubscriber(BodySubscriber<T> given, JavaHttpExchange exchange, Tap tap) {
    this.given = given;
    this.exchange = exchange;
    this.tap = tap;
    this.filters = tap.filters();
    this.silent = SILENT.contains(given.getClass().getName());
  }

  @Override
  @SuppressWarnings("unchecked") // The JDK's own subscriber promises an InputStream, no subclass.
  public CompletionStage<T> getBody() {
    CompletionStage<T> body = given.getBody();
    if (!given.getClass().getName().equals(JDK + "HttpResponseInputStream")) {
      return body;
    }
    return body.thenApply(stream -> (T) BodyStream.told((InputStream) stream, tap));
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    upstream = subscription;
    if (aborted) {
      subscription.cancel();
    }
    Object resumed = silent ? null : tap.resume();
    try {
      given.onSubscribe(this);
    } finally {
      pause(resumed);
    }
  }

  private void pause(@Nullable Object resumed) {
    if (resumed != null) {
      tap.pause(resumed);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (!state.compareAndSet(FREE, BUSY)) {
      return;
    }
    List<ByteBuffer> shown = buffers;
    if (filters) {
      shown = filtered(buffers);
    } else {
      for (int i = 0; i < buffers.size(); i++) {
        tap.read(buffers.get(i));
      }
    }
    Object resumed = silent ? null : tap.resume();
    try {
      given.onNext(shown);
    } finally {
      pause(resumed);
      if (!state.compareAndSet(BUSY, FREE)) {
        state.set(ENDED);
        tell();
      }
    }
  }

  /** Demand counts lists and not bytes: an empty list stands for bytes that are held back. */
  private List<ByteBuffer> filtered(List<ByteBuffer> buffers) {
    synchronized (this) {
      demand--;
    }
    List<ByteBuffer> kept = new ArrayList<>(buffers.size());
    for (ByteBuffer buffer : buffers) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      byte[] left = tap.filter(bytes, 0, bytes.length);
      if (left.length > 0) {
        kept.add(ByteBuffer.wrap(left).asReadOnlyBuffer());
      }
    }
    return kept;
  }

  @Override
  public void onError(Throwable failure) {
    if (state.compareAndSet(FREE, ENDED)) {
      RuntimeException stopped = tap.stopped();
      Object resumed = silent ? null : tap.resume();
      try {
        given.onError(stopped == null ? failure : stopped);
      } finally {
        exchange.over(true, failure);
        pause(resumed);
      }
    }
  }

  @Override
  public void onComplete() {
    byte[] held = filters ? tap.filter(null, 0, 0) : NOTHING;
    synchronized (this) {
      if (held.length > 0 && demand == 0) {
        rest = held;
        return;
      }
    }
    complete(held);
  }

  private void complete(byte[] held) {
    if (state.compareAndSet(FREE, ENDED)) {
      Object resumed = silent ? null : tap.resume();
      try {
        if (held.length > 0) {
          given.onNext(List.of(ByteBuffer.wrap(held).asReadOnlyBuffer()));
        }
        // Before it is told: whoever waits for the body may make the next call at once, and what
        // this one was set aside for it must be settled by then.
        tap.done(null);
        given.onComplete();
      } finally {
        exchange.over(true, null);
        pause(resumed);
      }
    }
  }

  @Override
  public void request(long n) {
    byte[] due = null;
    if (filters) {
      synchronized (this) {
        demand += n;
        due = rest;
        rest = null;
      }
    }
    if (due != null) {
      complete(due);
      return;
    }
    Flow.Subscription source = upstream;
    if (source != null) {
      source.request(n);
    }
  }

  /** The application wants no more. */
  @Override
  public void cancel() {
    exchange.giveUp(false);
    tap.left();
    Flow.Subscription source = upstream;
    if (source != null) {
      source.cancel();
    }
    exchange.left();
  }

  /** Its run was stopped: frees whoever waits for more. */
  void abort() {
    aborted = true;
    Flow.Subscription source = upstream;
    if (source != null) {
      source.cancel();
    }
    for (; ; ) {
      int seen = state.get();
      if (seen >= ABORT_PENDING) {
        return;
      }
      if (state.compareAndSet(seen, seen == FREE ? ENDED : ABORT_PENDING)) {
        if (seen == FREE) {
          tell();
        }
        return;
      }
    }
  }

  private void tell() {
    RuntimeException stopped = tap.stopped();
    Throwable why = stopped == null ? new InterruptedIOException("stopped") : stopped;
    Object resumed = silent ? null : tap.resume();
    try {
      given.onError(why);
    } finally {
      exchange.over(true, why);
      pause(resumed);
    }
  }
}
