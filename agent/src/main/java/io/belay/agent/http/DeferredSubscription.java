package io.belay.agent.http;

import io.belay.boot.Deferred;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** One subscription between a source and a subscriber of Reactive Streams. */
abstract class DeferredSubscription<T> extends DeferredSignals<T>
    implements Subscriber<T>, Subscription {
  private final Subscriber<? super T> given;
  private volatile @Nullable Subscription source;

  DeferredSubscription(Subscriber<? super T> given) {
    this.given = given;
  }

  final void subscribe(Publisher<T> publisher, Deferred deferred) {
    begin(deferred, () -> publisher.subscribe(this));
  }

  @Override
  public final void onSubscribe(Subscription subscription) {
    source = subscription;
    subscribed();
  }

  @Override
  final void giveSubscription(boolean refused) {
    given.onSubscribe(refused ? new Nothing() : this);
  }

  @Override
  final void giveNext(T item) {
    given.onNext(item);
  }

  @Override
  final void giveError(Throwable failure) {
    given.onError(failure);
  }

  @Override
  final void giveComplete() {
    given.onComplete();
  }

  @Override
  final void askSource(long n) {
    Subscription asked = source;
    if (asked != null) {
      asked.request(n);
    }
  }

  @Override
  final void cancelSource() {
    Subscription asked = source;
    if (asked != null) {
      asked.cancel();
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
