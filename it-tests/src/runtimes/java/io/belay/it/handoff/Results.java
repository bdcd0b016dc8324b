package io.belay.it.handoff;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Types of publishers that the entry of a run may return. */
final class Results {
  private Results() {}

  static Map<String, ResultShapes.Kind> all() {
    Map<String, ResultShapes.Kind> all = new LinkedHashMap<>();
    all.put("Reactor: Mono", kind(Entries::mono, (id, s) -> Results.mono(s), Results::onMono));
    all.put("Reactor: Flux", kind(Entries::flux, (id, s) -> Results.flux(s), Results::onFlux));
    all.put("Mutiny: Uni", kind(Entries::uni, (id, s) -> Results.uni(s), Results::onUni));
    all.put("Mutiny: Multi", kind(Entries::multi, (id, s) -> Results.multi(s), Results::onMulti));
    all.put(
        "RxJava 3: Flowable",
        kind(Entries::flowable3, (id, s) -> Results.flowable3(s), Results::onFlowable3));
    all.put(
        "RxJava 3: Observable",
        kind(Entries::observable3, (id, s) -> Results.observable3(s), Results::onObservable3));
    all.put(
        "RxJava 3: Single",
        kind(Entries::single3, (id, s) -> Results.single3(s), Results::onSingle3));
    all.put(
        "RxJava 3: Maybe", kind(Entries::maybe3, (id, s) -> Results.maybe3(s), Results::onMaybe3));
    all.put(
        "RxJava 3: Completable",
        kind(Entries::completable3, (id, s) -> Results.completable3(s), Results::onCompletable3));
    all.put(
        "RxJava 2: Flowable",
        kind(Entries::flowable2, (id, s) -> Results.flowable2(s), Results::onFlowable2));
    all.put(
        "RxJava 2: Observable",
        kind(Entries::observable2, (id, s) -> Results.observable2(s), Results::onObservable2));
    all.put(
        "RxJava 2: Single",
        kind(Entries::single2, (id, s) -> Results.single2(s), Results::onSingle2));
    all.put(
        "RxJava 2: Maybe", kind(Entries::maybe2, (id, s) -> Results.maybe2(s), Results::onMaybe2));
    all.put(
        "RxJava 2: Completable",
        kind(Entries::completable2, (id, s) -> Results.completable2(s), Results::onCompletable2));
    return all;
  }

  private static ResultShapes.Kind kind(
      ResultShapes.Maker entry, ResultShapes.Maker plain, ResultShapes.Subscription on) {
    return new ResultShapes.Kind(entry, plain, on);
  }

  /** Each is an entry; the caller relies on its type. */
  static final class Entries {
    private Entries() {}

    static Mono<Object> mono(String id, ResultShapes.Source source) {
      return Results.mono(source);
    }

    static Flux<Object> flux(String id, ResultShapes.Source source) {
      return Results.flux(source);
    }

    static Uni<Object> uni(String id, ResultShapes.Source source) {
      return Results.uni(source);
    }

    static Multi<Object> multi(String id, ResultShapes.Source source) {
      return Results.multi(source);
    }

    static io.reactivex.rxjava3.core.Flowable<Object> flowable3(
        String id, ResultShapes.Source source) {
      return Results.flowable3(source);
    }

    static io.reactivex.rxjava3.core.Observable<Object> observable3(
        String id, ResultShapes.Source source) {
      return Results.observable3(source);
    }

    static io.reactivex.rxjava3.core.Single<Object> single3(String id, ResultShapes.Source source) {
      return Results.single3(source);
    }

    static io.reactivex.rxjava3.core.Maybe<Object> maybe3(String id, ResultShapes.Source source) {
      return Results.maybe3(source);
    }

    static io.reactivex.rxjava3.core.Completable completable3(
        String id, ResultShapes.Source source) {
      return Results.completable3(source);
    }

    static io.reactivex.Flowable<Object> flowable2(String id, ResultShapes.Source source) {
      return Results.flowable2(source);
    }

    static io.reactivex.Observable<Object> observable2(String id, ResultShapes.Source source) {
      return Results.observable2(source);
    }

    static io.reactivex.Single<Object> single2(String id, ResultShapes.Source source) {
      return Results.single2(source);
    }

    static io.reactivex.Maybe<Object> maybe2(String id, ResultShapes.Source source) {
      return Results.maybe2(source);
    }

    static io.reactivex.Completable completable2(String id, ResultShapes.Source source) {
      return Results.completable2(source);
    }
  }

  private static Mono<Object> mono(ResultShapes.Source source) {
    source.begun();
    return Mono.create(sink -> source.open(() -> sink.success("")));
  }

  private static Flux<Object> flux(ResultShapes.Source source) {
    source.begun();
    return Flux.create(
        sink ->
            source.open(
                () -> {
                  sink.next("");
                  sink.complete();
                }));
  }

  private static Uni<Object> uni(ResultShapes.Source source) {
    source.begun();
    return Uni.createFrom().emitter(emitter -> source.open(() -> emitter.complete("")));
  }

  private static Multi<Object> multi(ResultShapes.Source source) {
    source.begun();
    return Multi.createFrom()
        .emitter(
            emitter ->
                source.open(
                    () -> {
                      emitter.emit("");
                      emitter.complete();
                    }));
  }

  private static io.reactivex.rxjava3.core.Flowable<Object> flowable3(ResultShapes.Source source) {
    source.begun();
    return io.reactivex.rxjava3.core.Flowable.create(
        emitter ->
            source.open(
                () -> {
                  emitter.onNext("");
                  emitter.onComplete();
                }),
        io.reactivex.rxjava3.core.BackpressureStrategy.BUFFER);
  }

  private static io.reactivex.rxjava3.core.Observable<Object> observable3(
      ResultShapes.Source source) {
    source.begun();
    return io.reactivex.rxjava3.core.Observable.create(
        emitter ->
            source.open(
                () -> {
                  emitter.onNext("");
                  emitter.onComplete();
                }));
  }

  private static io.reactivex.rxjava3.core.Single<Object> single3(ResultShapes.Source source) {
    source.begun();
    return io.reactivex.rxjava3.core.Single.create(
        emitter -> source.open(() -> emitter.onSuccess("")));
  }

  private static io.reactivex.rxjava3.core.Maybe<Object> maybe3(ResultShapes.Source source) {
    source.begun();
    return io.reactivex.rxjava3.core.Maybe.create(
        emitter -> source.open(() -> emitter.onSuccess("")));
  }

  private static io.reactivex.rxjava3.core.Completable completable3(ResultShapes.Source source) {
    source.begun();
    return io.reactivex.rxjava3.core.Completable.create(
        emitter -> source.open(emitter::onComplete));
  }

  private static io.reactivex.Flowable<Object> flowable2(ResultShapes.Source source) {
    source.begun();
    return io.reactivex.Flowable.create(
        emitter ->
            source.open(
                () -> {
                  emitter.onNext("");
                  emitter.onComplete();
                }),
        io.reactivex.BackpressureStrategy.BUFFER);
  }

  private static io.reactivex.Observable<Object> observable2(ResultShapes.Source source) {
    source.begun();
    return io.reactivex.Observable.create(
        emitter ->
            source.open(
                () -> {
                  emitter.onNext("");
                  emitter.onComplete();
                }));
  }

  private static io.reactivex.Single<Object> single2(ResultShapes.Source source) {
    source.begun();
    return io.reactivex.Single.create(emitter -> source.open(() -> emitter.onSuccess("")));
  }

  private static io.reactivex.Maybe<Object> maybe2(ResultShapes.Source source) {
    source.begun();
    return io.reactivex.Maybe.create(emitter -> source.open(() -> emitter.onSuccess("")));
  }

  private static io.reactivex.Completable completable2(ResultShapes.Source source) {
    source.begun();
    return io.reactivex.Completable.create(emitter -> source.open(emitter::onComplete));
  }

  private static void onMono(Object mono, Runnable done, Consumer<Throwable> failed) {
    ((Mono<?>) mono).subscribe(x -> {}, failed, done);
  }

  private static void onFlux(Object flux, Runnable done, Consumer<Throwable> failed) {
    ((Flux<?>) flux).subscribe(x -> {}, failed, done);
  }

  private static void onUni(Object uni, Runnable done, Consumer<Throwable> failed) {
    ((Uni<?>) uni).subscribe().with(x -> done.run(), failed);
  }

  private static void onMulti(Object multi, Runnable done, Consumer<Throwable> failed) {
    ((Multi<?>) multi).subscribe().with(x -> {}, failed, done);
  }

  private static void onFlowable3(Object it, Runnable done, Consumer<Throwable> failed) {
    ((io.reactivex.rxjava3.core.Flowable<?>) it).subscribe(x -> {}, failed::accept, done::run);
  }

  private static void onObservable3(Object it, Runnable done, Consumer<Throwable> failed) {
    ((io.reactivex.rxjava3.core.Observable<?>) it).subscribe(x -> {}, failed::accept, done::run);
  }

  private static void onSingle3(Object it, Runnable done, Consumer<Throwable> failed) {
    ((io.reactivex.rxjava3.core.Single<?>) it).subscribe(x -> done.run(), failed::accept);
  }

  private static void onMaybe3(Object it, Runnable done, Consumer<Throwable> failed) {
    ((io.reactivex.rxjava3.core.Maybe<?>) it).subscribe(x -> done.run(), failed::accept, done::run);
  }

  private static void onCompletable3(Object it, Runnable done, Consumer<Throwable> failed) {
    ((io.reactivex.rxjava3.core.Completable) it).subscribe(done::run, failed::accept);
  }

  private static void onFlowable2(Object it, Runnable done, Consumer<Throwable> failed) {
    ((io.reactivex.Flowable<?>) it).subscribe(x -> {}, failed::accept, done::run);
  }

  private static void onObservable2(Object it, Runnable done, Consumer<Throwable> failed) {
    ((io.reactivex.Observable<?>) it).subscribe(x -> {}, failed::accept, done::run);
  }

  private static void onSingle2(Object it, Runnable done, Consumer<Throwable> failed) {
    ((io.reactivex.Single<?>) it).subscribe(x -> done.run(), failed::accept);
  }

  private static void onMaybe2(Object it, Runnable done, Consumer<Throwable> failed) {
    ((io.reactivex.Maybe<?>) it).subscribe(x -> done.run(), failed::accept, done::run);
  }

  private static void onCompletable2(Object it, Runnable done, Consumer<Throwable> failed) {
    ((io.reactivex.Completable) it).subscribe(done::run, failed::accept);
  }
}
