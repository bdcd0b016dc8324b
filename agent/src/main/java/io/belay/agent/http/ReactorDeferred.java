package io.belay.agent.http;

import io.belay.boot.Deferred;
import io.belay.boot.DeferredAdapter;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/** What Reactor's publishers are as results of a run's entry. */
public final class ReactorDeferred extends DeferredAdapter {
  @Override
  public Object wrapped(Object result, Deferred deferred) {
    return result instanceof Mono<?> mono
        ? Mono.fromDirect(telling(mono, deferred))
        : Flux.from(telling((Flux<?>) result, deferred));
  }

  private static <T> Publisher<T> telling(Publisher<T> source, Deferred deferred) {
    return subscriber ->
        new Signals<T>(Operators.toCoreSubscriber(subscriber)).subscribe(source, deferred);
  }

  private static final class Signals<T> extends DeferredSubscription<T>
      implements CoreSubscriber<T> {
    private final CoreSubscriber<? super T> given;

    Signals(CoreSubscriber<? super T> given) {
      super(given);
      this.given = given;
    }

    @Override
    public Context currentContext() {
      return given.currentContext();
    }

    @Override
    void later(Runnable task, long millis) {
      Schedulers.parallel().schedule(task, millis, TimeUnit.MILLISECONDS);
    }
  }
}
