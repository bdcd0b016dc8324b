package io.belay.agent.http;

import io.belay.boot.Deferred;
import io.belay.boot.DeferredAdapter;
import io.reactivex.BackpressureStrategy;
import io.reactivex.Completable;
import io.reactivex.Flowable;
import io.reactivex.FlowableSubscriber;
import io.reactivex.Maybe;
import io.reactivex.Observable;
import io.reactivex.Single;
import io.reactivex.schedulers.Schedulers;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscriber;

/** What RxJava 2's sources are as results of a run's entry; each stays what it is. */
public final class RxJava2Deferred extends DeferredAdapter {
  @Override
  public Object wrapped(Object result, Deferred deferred) {
    if (result instanceof Single<?> single) {
      return telling(single.toFlowable(), deferred).firstOrError();
    }
    if (result instanceof Maybe<?> maybe) {
      return telling(maybe.toFlowable(), deferred).firstElement();
    }
    if (result instanceof Completable completable) {
      return telling(completable.toFlowable(), deferred).ignoreElements();
    }
    if (result instanceof Observable<?> observable) {
      // It knows no back-pressure, and neither does its subscriber: nothing is kept or dropped.
      return telling(observable.toFlowable(BackpressureStrategy.MISSING), deferred).toObservable();
    }
    return telling((Flowable<?>) result, deferred);
  }

  private static <T> Flowable<T> telling(Flowable<T> source, Deferred deferred) {
    return Flowable.unsafeCreate(
        subscriber -> new Signals<T>(subscriber).subscribe(source, deferred));
  }

  private static final class Signals<T> extends DeferredSubscription<T>
      implements FlowableSubscriber<T> {
    Signals(Subscriber<? super T> given) {
      super(given);
    }

    @Override
    void later(Runnable task, long millis) {
      Schedulers.computation().scheduleDirect(task, millis, TimeUnit.MILLISECONDS);
    }
  }
}
