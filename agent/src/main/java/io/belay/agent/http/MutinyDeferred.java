package io.belay.agent.http;

import io.belay.boot.Deferred;
import io.belay.boot.DeferredAdapter;
import io.smallrye.mutiny.Context;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.ContextSupport;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * What Mutiny's {@code Uni} and {@code Multi} are as results of a run's entry, from version 2 on:
 * in version 1 they speak Reactive Streams.
 */
public final class MutinyDeferred extends DeferredAdapter {
  private static final boolean FLOW = Flow.Publisher.class.isAssignableFrom(Multi.class);

  @Override
  public Object wrapped(Object result, Deferred deferred) {
    if (!FLOW) {
      return result;
    }
    return result instanceof Uni<?> uni
        ? telling(uni.toMulti(), deferred).toUni()
        : telling((Multi<?>) result, deferred);
  }

  private static <T> Multi<T> telling(Multi<T> source, Deferred deferred) {
    Flow.Publisher<T> told = subscriber -> new Signals<T>(subscriber).subscribe(source, deferred);
    return Multi.createFrom().publisher(told);
  }

  private static final class Signals<T> extends DeferredFlow<T> implements ContextSupport {
    private final Flow.Subscriber<? super T> given;

    Signals(Flow.Subscriber<? super T> given) {
      super(given);
      this.given = given;
    }

    @Override
    public Context context() {
      return given instanceof ContextSupport it ? it.context() : Context.empty();
    }

    @Override
    void later(Runnable task, long millis) {
      var unused =
          Infrastructure.getDefaultWorkerPool().schedule(task, millis, TimeUnit.MILLISECONDS);
    }
  }
}
