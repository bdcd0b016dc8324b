package io.belay.agent.http;

import io.belay.boot.Deferred;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** One subscription between a source and a subscriber of the JDK's {@code Flow}. */
abstract class DeferredFlow<T> extends DeferredSignals<T>
    implements Flow.Subscriber<T>, Flow.Subscription {
  private final Flow.Subscriber<? super T> given;
  private volatile Flow.@Nullable Subscription source;

  DeferredFlow(Flow.Subscriber<? super T> given) {
    this.given = given;
  }

  final void subscribe(Flow.Publisher<T> publisher, Deferred deferred) {
    begin(deferred, () -> publisher.subscribe(this));
  }

  @Override
  public final void onSubscribe(Flow.Subscription subscription) {
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
    Flow.Subscription asked = source;
    if (asked != null) {
      asked.request(n);
    }
  }

  @Override
  final void cancelSource() {
    Flow.Subscription asked = source;
    if (asked != null) {
      asked.cancel();
    }
  }

  /** Of a subscription that was refused. */
  private static final class Nothing implements Flow.Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }
}
