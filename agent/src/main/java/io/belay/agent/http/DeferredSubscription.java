package io.belay.agent.http;

import io.belay.boot.Deferred;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One subscription to what the entry of a run has returned, between its source and the
 * application's subscriber.
 *
 * <p>A stop comes from another thread, and a subscriber must hear one thing at a time: whoever is
 * in a signal delivers the refusal when it is done.
 */
abstract class DeferredSubscription<T> implements Subscriber<T>, Subscription {
  private static final int FREE = 0;
  private static final int BUSY = 1;
  private static final int STOP_PENDING = 2;
  private static final int OVER = 3;

  /**
   * One at a time: a refusal on its way from an inner run must not meet operators that an outer
   * one's has just cancelled, which would tell it to the handler of uncaught exceptions. The
   * application is called under it, so nobody waits for it long.
   */
  private static final ReentrantLock REFUSING = new ReentrantLock();

  private static final long PATIENCE_MILLIS = 200;

  private final Subscriber<? super T> given;

  /** Busy until the application's subscriber has its subscription. */
  private final AtomicInteger state = new AtomicInteger(BUSY);

  private volatile @Nullable Subscription source;
  private volatile @Nullable RuntimeException refusal;
  private Deferred.@Nullable Part part; // Set before the source is subscribed to.

  DeferredSubscription(Subscriber<? super T> given) {
    this.given = given;
  }

  /** Does it later, on a thread of the library's. */
  abstract void later(Runnable task, long millis);

  final void subscribe(Publisher<T> publisher, Deferred deferred) {
    Deferred.Part begun;
    try {
      begun = deferred.subscribe(this::stop);
    } catch (RuntimeException refused) {
      state.set(OVER);
      given.onSubscribe(new Nothing());
      given.onError(refused);
      return;
    }
    part = begun;
    try {
      publisher.subscribe(this);
    } finally {
      begun.leave();
    }
  }

  private void stop(RuntimeException why, long millis) {
    refusal = why;
    later(this::refuseAlone, millis);
  }

  private void refuseAlone() {
    boolean alone = false;
    try {
      alone = REFUSING.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException shutDown) {
      Thread.currentThread().interrupt();
    }
    try {
      refuse();
    } finally {
      if (alone) {
        REFUSING.unlock();
      }
    }
  }

  private void refuse() {
    for (int seen = state.get(); seen == FREE || seen == BUSY; seen = state.get()) {
      if (seen == BUSY && state.compareAndSet(BUSY, STOP_PENDING)) {
        return;
      }
      if (seen == FREE && state.compareAndSet(FREE, OVER)) {
        fail();
      }
    }
  }

  private void fail() {
    RuntimeException why = refusal;
    if (why != null) {
      end(why, () -> given.onError(why));
    }
    leave();
  }

  @Override
  public final void onSubscribe(Subscription subscription) {
    source = subscription;
    outwards(() -> given.onSubscribe(this));
    free();
  }

  @Override
  public final void onNext(T item) {
    boolean outermost = state.compareAndSet(FREE, BUSY);
    if (outermost || state.get() != OVER) {
      outwards(() -> given.onNext(item));
    }
    if (outermost) {
      free();
    }
  }

  @Override
  public final void onError(Throwable failure) {
    if (state.getAndSet(OVER) != OVER) {
      end(failure, () -> given.onError(failure));
    }
  }

  @Override
  public final void onComplete() {
    if (state.getAndSet(OVER) != OVER) {
      end(null, given::onComplete);
    }
  }

  @Override
  public final void request(long n) {
    inwards(asked -> asked.request(n));
  }

  /** Nothing has failed: whoever wants one answer cancels when it has come. */
  @Override
  public final void cancel() {
    boolean first = state.getAndSet(OVER) != OVER;
    leave();
    if (first) {
      end(null, () -> {});
    }
  }

  private void leave() {
    inwards(Subscription::cancel);
  }

  private void free() {
    if (!state.compareAndSet(BUSY, FREE) && state.compareAndSet(STOP_PENDING, OVER)) {
      fail();
    }
  }

  private void end(@Nullable Throwable failure, Runnable signal) {
    Deferred.Part mine = part;
    if (mine != null) {
      mine.over(failure);
    }
    outwards(signal);
  }

  private void inwards(Consumer<Subscription> turn) {
    Deferred.Part mine = part;
    Subscription asked = source;
    if (mine != null && asked != null) {
      Object before = mine.inwards();
      try {
        turn.accept(asked);
      } finally {
        mine.back(before);
      }
    }
  }

  private void outwards(Runnable signal) {
    Deferred.Part mine = part;
    Object before = mine == null ? null : mine.outwards();
    try {
      signal.run();
    } finally {
      if (mine != null) {
        mine.back(before);
      }
    }
  }

  /** Of a subscription that was refused. */
  private static final class Nothing implements Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }
}
