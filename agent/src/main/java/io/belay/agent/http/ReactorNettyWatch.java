package io.belay.agent.http;

import io.belay.boot.Tap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.util.context.Context;

/**
 * Who waits for the head of an answer. An abort comes from another thread: who wins the state tells
 * the application, and only once.
 */
final class ReactorNettyWatch implements CoreSubscriber<Connection>, Subscription {
  private static final int NEW = 0;
  private static final int WAITING = 1;
  private static final int ANSWERED = 2;
  private static final int OVER = 3;

  private final ReactorNettyExchange exchange;
  private final CoreSubscriber<? super Connection> given;
  private final AtomicInteger state = new AtomicInteger(NEW);
  private volatile @Nullable Subscription upstream;
  private volatile @Nullable RuntimeException early;

  ReactorNettyWatch(ReactorNettyExchange exchange, CoreSubscriber<? super Connection> given) {
    this.exchange = exchange;
    this.given = given;
  }

  @Override
  public Context currentContext() {
    return given.currentContext().put(ReactorNettyExchange.class, exchange);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    upstream = subscription;
    given.onSubscribe(this);
    if (!state.compareAndSet(NEW, WAITING)) {
      subscription.cancel();
      RuntimeException why = early;
      if (why != null) {
        over(why);
        given.onError(why);
      }
    }
  }

  @Override
  public void onNext(Connection connection) {
    if (!state.compareAndSet(WAITING, ANSWERED)) {
      return; // It was ended meanwhile, and the connection with it.
    }
    Tap tap = exchange.tap();
    if (tap == null) {
      given.onNext(connection);
      return;
    }
    exchange.answered(tap, connection);
    Object resumed = tap.resume();
    try {
      given.onNext(connection);
    } finally {
      tap.pause(resumed);
    }
  }

  @Override
  public void onComplete() {
    if (state.get() == ANSWERED) {
      given.onComplete();
    } else if (state.compareAndSet(WAITING, OVER)) {
      over(null);
      given.onComplete();
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (!state.compareAndSet(WAITING, OVER)) {
      return;
    }
    Tap tap = exchange.tap();
    if (tap == null) {
      given.onError(failure);
      return;
    }
    RuntimeException stopped = tap.stopped();
    Object resumed = tap.resume();
    try {
      tap.done(failure);
      given.onError(stopped == null ? failure : stopped);
    } finally {
      tap.pause(resumed);
    }
  }

  private void over(@Nullable Throwable failure) {
    Tap tap = exchange.tap();
    if (tap != null) {
      tap.done(failure);
    }
  }

  @Override
  public void request(long n) {
    Subscription source = upstream;
    if (source != null) {
      source.request(n);
    }
  }

  /** The application wants it no more. */
  @Override
  public void cancel() {
    Subscription source = upstream;
    if (source != null) {
      source.cancel();
    }
    if (state.compareAndSet(WAITING, OVER) || state.compareAndSet(NEW, OVER)) {
      over(new CancellationException("cancelled by its subscriber"));
    }
  }

  /**
   * Ends it before its answer; whoever waits is told on a thread on which Reactor tells.
   *
   * @return whether it was not too late for that
   */
  boolean fail(RuntimeException why) {
    early = why;
    if (state.compareAndSet(NEW, OVER)) {
      return true; // Whoever subscribes is told.
    }
    if (!state.compareAndSet(WAITING, OVER)) {
      return false;
    }
    Subscription source = upstream;
    if (source != null) {
      source.cancel();
    }
    try {
      Schedulers.parallel().schedule(() -> tell(why));
    } catch (RejectedExecutionException schedulersAreGone) {
      tell(why);
    }
    return true;
  }

  private void tell(RuntimeException why) {
    Tap tap = exchange.tap();
    Object resumed = tap == null ? null : tap.resume();
    try {
      over(why); // Not before: whoever waits is left alone as long as there is something to tell.
      given.onError(why);
    } finally {
      if (tap != null && resumed != null) {
        tap.pause(resumed);
      }
    }
  }
}
