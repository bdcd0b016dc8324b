package io.belay.agent.http;

import io.belay.boot.Deferred;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One subscription to what the entry of a run has returned, between its source and the
 * application's subscriber; whether these speak Reactive Streams or the JDK's {@code Flow} is a
 * subclass's affair.
 *
 * <p>A stop comes from another thread, and a subscriber must hear one thing at a time: whoever is
 * in a signal delivers the refusal when it is done.
 */
abstract class DeferredSignals<T> {
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

  /** Busy until the application's subscriber has its subscription. */
  private final AtomicInteger state = new AtomicInteger(BUSY);

  private volatile @Nullable RuntimeException refusal;
  private Deferred.@Nullable Part part; // Set before the source is subscribed to.

  /** Does it later, on a thread of the library's. */
  abstract void later(Runnable task, long millis);

  /** Tells the application's subscriber that it has subscribed: to nothing, if it was refused. */
  abstract void giveSubscription(boolean refused);

  /** Hands the application's subscriber an item, as what follows hands it the end. */
  abstract void giveNext(T item);

  abstract void giveError(Throwable failure);

  abstract void giveComplete();

  /** The source is asked; nothing happens before it has given a subscription. */
  abstract void askSource(long n);

  abstract void cancelSource();

  /** Subscribes by {@code subscribing}, for the run. */
  final void begin(Deferred deferred, Runnable subscribing) {
    Deferred.Part begun;
    try {
      begun = deferred.subscribe(this::stop);
    } catch (RuntimeException refused) {
      state.set(OVER);
      giveSubscription(true);
      giveError(refused);
      return;
    }
    part = begun;
    try {
      subscribing.run();
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
      end(why, () -> giveError(why));
    }
    leave();
  }

  /** The source has given its subscription. */
  final void subscribed() {
    outwards(() -> giveSubscription(false));
    free();
  }

  /** The source's signals, as the two standards name them alike. */
  public final void onNext(T item) {
    boolean outermost = state.compareAndSet(FREE, BUSY);
    if (outermost || state.get() != OVER) {
      outwards(() -> giveNext(item));
    }
    if (outermost) {
      free();
    }
  }

  /** The source has failed. */
  public final void onError(Throwable failure) {
    if (state.getAndSet(OVER) != OVER) {
      end(failure, () -> giveError(failure));
    }
  }

  /** The source has no more. */
  public final void onComplete() {
    if (state.getAndSet(OVER) != OVER) {
      end(null, this::giveComplete);
    }
  }

  /** The subscriber asks. */
  public final void request(long n) {
    inwards(() -> askSource(n));
  }

  /** Nothing has failed: whoever wants one answer cancels when it has come. */
  public final void cancel() {
    boolean first = state.getAndSet(OVER) != OVER;
    leave();
    if (first) {
      end(null, () -> {});
    }
  }

  private void leave() {
    inwards(this::cancelSource);
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

  private void inwards(Runnable turn) {
    Deferred.Part mine = part;
    if (mine != null) {
      Object before = mine.inwards();
      try {
        turn.run();
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
}
