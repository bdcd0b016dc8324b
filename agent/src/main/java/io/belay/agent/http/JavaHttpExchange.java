package io.belay.agent.http;

import io.belay.boot.Exchange;
import io.belay.boot.Skip;
import io.belay.boot.Tap;
import java.io.InterruptedIOException;
import java.lang.ref.WeakReference;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One call of the JDK's client. It is over when both its future and its body are.
 *
 * <p>Aborted through any future of the call: each knows the exchange behind it, and cancelling one
 * that nobody waits for ends the exchange without deciding what the application's future says.
 */
final class JavaHttpExchange extends Exchange {
  private static final long TOLD_WITHIN_NANOS = 20_000_000;

  private final HttpRequest given;
  private final boolean async;
  private @Nullable Map<String, String> headers;
  private byte @Nullable [] drained;
  private byte @Nullable [] replaced;
  private volatile WeakReference<@Nullable Object> attempts = new WeakReference<>(null);
  private @Nullable CompletableFuture<?> future; // Guarded by this, as all below.
  private @Nullable TappedSubscriber<?> body;
  private boolean aborted;
  private boolean answered;
  private boolean read;
  private boolean left;
  private volatile boolean outlived; // Its future has an end that is not the client's.

  JavaHttpExchange(HttpRequest given, boolean async) {
    this.given = given;
    this.async = async;
  }

  @Override
  public String method() {
    return given.method();
  }

  @Override
  public String url() {
    return given.uri().toString();
  }

  @Override
  public @Nullable String header(String name) {
    return given.headers().firstValue(name).orElse(null);
  }

  @Override
  public long bodyLength() {
    return given.bodyPublisher().map(BodyPublisher::contentLength).orElse(0L);
  }

  @Override
  public byte @Nullable [] body() {
    if (drained == null && given.bodyPublisher().isPresent()) {
      drained = Drain.of(given.bodyPublisher().get());
    }
    return drained;
  }

  @Override
  public boolean replaceBody(byte[] replacement) {
    if (given.bodyPublisher().isEmpty() || isSigned()) {
      return false;
    }
    replaced = replacement;
    return true;
  }

  @Override
  public boolean setHeader(String name, String value) {
    headers = headers == null ? new LinkedHashMap<>() : headers;
    headers.put(name, value);
    return true;
  }

  /** The request to send: the application's own unless something of it was read or rewritten. */
  HttpRequest request() {
    byte[] bytes = replaced == null ? drained : replaced;
    if (bytes == null && headers == null) {
      return given;
    }
    Optional<BodyPublisher> publisher =
        bytes == null
            ? given.bodyPublisher()
            : Optional.of(
                bytes.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes));
    return new AskedRequest(given, publisher, allHeaders());
  }

  private HttpHeaders allHeaders() {
    if (headers == null) {
      return given.headers();
    }
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(given.headers().map());
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    return HttpHeaders.of(all, (name, value) -> true);
  }

  @Override
  public boolean async() {
    return async;
  }

  /** Not the request: two equal requests are equal, and this must tell them apart. */
  @Override
  public Object handle() {
    return this;
  }

  @Override
  public @Nullable Skip refused(RuntimeException why) {
    return async ? new Skip(CompletableFuture.failedFuture(why)) : null;
  }

  /** The client's own object for its attempts, which it holds as long as there is one. */
  void attempts(Object maker) {
    if (attempts.get() != maker) {
      attempts = new WeakReference<>(maker);
    }
  }

  /** Who is in the middle of a read is told by the abort itself. */
  @Override
  public boolean giveUp(boolean stopped) {
    Tap tap = tap();
    Object maker = attempts.get();
    if (tap != null && tap.counts() && !tap.isOver()) {
      long bytes = -1;
      try {
        bytes = maker == null ? bytes : JavaHttpBacklog.of(maker, tap);
      } catch (LinkageError otherJdk) {
        // Nobody can tell.
      }
      tap.unread(bytes, false);
    }
    return false;
  }

  /**
   * The client is about to cut it off: the application has cancelled its future, or a time is up.
   * Where the answer came at just that moment, nobody may ever read it, nor be told.
   */
  void cancelled() {
    giveUp(false);
    boolean late;
    synchronized (this) {
      late = answered && body != null;
    }
    if (late) {
      left();
    }
  }

  /** Whether the client has cut it off; {@code unknown} where a JDK does not show that. */
  private boolean isCutOff(boolean unknown) {
    Object maker = attempts.get();
    try {
      return maker != null && JavaHttpBacklog.isCutOff(maker);
    } catch (LinkageError otherJdk) {
      return unknown;
    }
  }

  /** The client has promised an answer. */
  void promised(CompletableFuture<?> promise) {
    boolean late;
    synchronized (this) {
      future = promise;
      late = aborted;
    }
    if (late) {
      end(promise, true);
    }
    boolean known = promise.isDone();
    // What whenComplete answers is a stage of ours, of which nobody needs to know.
    var unused = promise.whenComplete((response, failure) -> answered(failure, known || !async));
  }

  /**
   * The future has its end.
   *
   * @param known whether only the client can have told it
   */
  private void answered(@Nullable Throwable failure, boolean known) {
    Tap tap = tap();
    if (failure == null) {
      over(false, null);
      if (isCutOff(false)) {
        giveUp(false);
        left();
      }
    } else if (known || tap == null || !tap.counts() || !goesOn(failure)) {
      over(false, failure);
    } else {
      Object maker = attempts.get();
      if (maker != null) {
        tap.reader(
            maker); // It is heard of when there is an answer; else when the client forgets it.
      }
      outlived = true;
      over(false, null);
    }
  }

  /**
   * Whether the answer comes all the same: a future that the application has completed itself
   * ({@code orTimeout}, say, or cancelled so that nothing is interrupted) ends nothing. What the
   * client tells comes from a stage before.
   */
  private boolean goesOn(Throwable failure) {
    return !(failure instanceof CompletionException) && !isAborted() && !isCutOff(true);
  }

  private synchronized boolean isAborted() {
    return aborted;
  }

  /** The answer's head has come. */
  void body(TappedSubscriber<?> subscriber) {
    boolean late;
    synchronized (this) {
      body = subscriber;
      late = aborted;
    }
    if (late) {
      subscriber.abort();
    } else if (isCutOff(false)) {
      giveUp(false);
      left();
    }
  }

  /** Its body, or its future, is over. */
  void over(boolean bodyIsOver, @Nullable Throwable failure) {
    boolean both;
    boolean early;
    synchronized (this) {
      read |= bodyIsOver;
      answered |= !bodyIsOver;
      both = read && answered;
      early = left;
    }
    Tap tap = tap();
    if (tap == null || !both && failure == null) {
      return;
    }
    if (early && failure == null) {
      tap.closedEarly();
    } else {
      tap.done(failure);
    }
  }

  /** The application wants no more of its body. */
  void left() {
    synchronized (this) {
      left = true;
    }
    over(true, null);
  }

  @Override
  public void abort() {
    CompletableFuture<?> promise;
    TappedSubscriber<?> reading;
    synchronized (this) {
      aborted = true;
      promise = future;
      reading = body;
    }
    if (promise != null) {
      end(promise, false);
    }
    if (reading != null) {
      reading.abort();
    } else if (outlived) {
      over(false, new InterruptedIOException("stopped")); // Nobody else will say so.
    }
  }

  private void end(CompletableFuture<?> promise, boolean isNew) {
    Tap tap = tap();
    if (tap != null && tap.stopped() != null && !promise.isDone()) {
      if (isNew || !async) {
        Told.atOnce(promise, tap);
      } else {
        Told.later(promise, tap);
        awaitTold(promise);
      }
    }
    promise.newIncompleteFuture().cancel(true);
  }

  /** Cancelled before that, the client would say so itself, in its own words. */
  private static void awaitTold(CompletableFuture<?> promise) {
    long end = System.nanoTime() + TOLD_WITHIN_NANOS;
    while (!promise.isDone() && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }
}
