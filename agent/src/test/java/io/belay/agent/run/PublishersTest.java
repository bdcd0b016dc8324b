package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.http.ReactorDeferred;
import io.belay.agent.http.RxJava3Deferred;
import io.belay.api.RunStoppedException;
import io.belay.api.Status;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Entries that return a publisher. */
class PublishersTest {
  private final Bench bench = new Bench();
  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void knowPublishers() {
    Publishers.known(
        type ->
            type.getName().startsWith("reactor.")
                ? new ReactorDeferred()
                : type.getName().startsWith("io.reactivex.") ? new RxJava3Deferred() : null);
  }

  @AfterEach
  void nothingIsLeft() {
    Publishers.known(type -> null);
    assertNull(Carrier.slot().run);
    bench.close();
    assertEquals(List.of(), bench.faults);
  }

  /** What an entry of that id returns for {@code publisher}. */
  @SuppressWarnings("unchecked")
  private <T> T returned(String id, T publisher) {
    return (T) bench.open(id).exit(publisher, null);
  }

  private void note() {
    Run run = Carrier.slot().run;
    seen.add(run == null ? "nobody" : run.id());
  }

  private static void await(BooleanSupplier holds) {
    for (int i = 0; i < 3_000 && !holds.getAsBoolean(); i++) {
      LockSupport.parkNanos(10_000_000);
    }
    assertTrue(holds.getAsBoolean());
  }

  @Test
  void whatIsSubscribedToIsTheRunsAndItsSubscriberIsNot() {
    Flux<Integer> flux =
        returned("a", Flux.defer(() -> Flux.just(1, 2)).doOnNext(n -> note()).map(n -> n * 10));
    Run run = bench.run("a");
    assertEquals(Status.RUNNING, run.status());
    List<Integer> got = flux.doOnNext(n -> note()).collectList().block();
    assertEquals(List.of(10, 20), got);
    assertEquals(List.of("a", "nobody", "a", "nobody"), seen);
    assertEquals(Status.COMPLETED, run.status());
  }

  @Test
  void theSubscribersOwnRunIsBackWhileItHears() {
    Frame outer = bench.open("outer");
    Mono<Integer> mono = returned("inner", Mono.fromSupplier(() -> 1).doOnNext(n -> note()));
    mono.doOnNext(n -> note()).block();
    assertEquals(List.of("inner", "outer"), seen);
    outer.exit(null, null);
    assertEquals(Status.COMPLETED, bench.run("outer").status());
  }

  @Test
  void whatIsAskedForLaterIsTheRunsToo() {
    Flux<Integer> flux =
        returned(
            "a",
            Flux.generate(
                sink -> {
                  note();
                  sink.next(1);
                }));
    List<Integer> got = flux.limitRate(1).take(3).collectList().block();
    assertEquals(List.of(1, 1, 1), got);
    assertTrue(seen.stream().allMatch("a"::equals), seen::toString);
    assertEquals(Status.COMPLETED, bench.run("a").status());
  }

  @Test
  void aFailureIsTheRuns() {
    Mono<Object> mono = returned("a", Mono.error(new IllegalStateException("no")));
    assertThrows(IllegalStateException.class, mono::block);
    assertEquals(Status.FAILED, bench.run("a").status());
  }

  @Test
  void eachFurtherSubscriptionIsARunByItself() {
    Mono<Integer> mono = returned("a", Mono.fromSupplier(() -> 1).doOnNext(n -> note()));
    mono.block();
    mono.block();
    assertEquals("a", seen.get(0));
    assertNotEquals("a", seen.get(1));
    assertEquals(Status.COMPLETED, bench.run(seen.get(1)).status());
  }

  @Test
  void aStopEndsASilentPublisher() {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<String> cancelled = new ArrayList<>();
    Flux<Object> flux = returned("a", Flux.never().doOnCancel(() -> cancelled.add("source")));
    flux.subscribe(x -> {}, failure::set);
    Run run = bench.run("a");
    bench.stop(run);
    bench.step();
    assertEquals(Status.STOPPED, run.status());
    await(() -> failure.get() != null);
    RunStoppedException stopped = assertInstanceOf(RunStoppedException.class, failure.get());
    assertEquals("a", stopped.runId());
    assertEquals(List.of("source"), cancelled);
  }

  @Test
  void anErrorOfTheSourcesOwnIsHeardFirst() {
    Sinks.Many<Object> source = Sinks.many().unicast().onBackpressureBuffer();
    List<Throwable> failures = new ArrayList<>();
    returned("a", source.asFlux()).subscribe(x -> {}, failures::add);
    bench.stop(bench.run("a"));
    bench.step();
    Throwable cut = new CancellationException("cut off");
    source.tryEmitError(cut);
    assertSame(cut, failures.get(0));
    LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    assertEquals(1, failures.size());
  }

  @Test
  void nobodyCanSubscribeToAStoppedRun() {
    Flux<Object> flux = returned("a", Flux.defer(() -> Flux.error(new AssertionError("begun"))));
    bench.stop(bench.run("a"));
    bench.step();
    assertEquals(Status.STOPPED, bench.run("a").status());
    assertThrows(RunStoppedException.class, flux::blockLast);
  }

  @Test
  void aFallBackOfTheSubscribersPasses() {
    Flux<Object> flux = returned("a", Flux.never());
    List<Object> got = new ArrayList<>();
    flux.onErrorResume(
            stopped -> {
              note();
              return Mono.just("instead");
            })
        .subscribe(got::add);
    bench.stop(bench.run("a"));
    bench.step();
    await(() -> !got.isEmpty());
    assertEquals(List.of("nobody"), seen);
  }

  @Test
  void whoeverCancelsEndsIt() {
    Disposable subscription = returned("a", Flux.never()).subscribe();
    assertEquals(Status.RUNNING, bench.run("a").status());
    subscription.dispose();
    assertEquals(Status.COMPLETED, bench.run("a").status());
  }

  @Test
  void oneThatNobodySubscribesToHoldsItsRunAsLongAsSomebodyCould() {
    returned("a", Flux.just(1));
    Run run = bench.run("a");
    await(
        () -> {
          System.gc();
          return run.endedAt() != null;
        });
    assertEquals(Status.COMPLETED, run.status());
  }

  @Test
  void sourcesOfRxJavaStayWhatTheyAre() {
    assertEquals(1, returned("single", Single.fromCallable(this::noted)).blockingGet());
    assertEquals(1, returned("maybe", Maybe.fromCallable(this::noted)).blockingGet());
    assertEquals(1, returned("observable", Observable.fromCallable(this::noted)).blockingFirst());
    assertEquals(1, returned("flowable", Flowable.fromCallable(this::noted)).blockingFirst());
    returned("completable", Completable.fromAction(this::note)).blockingAwait();
    assertEquals(List.of("single", "maybe", "observable", "flowable", "completable"), seen);
    for (String id : seen) {
      assertEquals(Status.COMPLETED, bench.run(id).status());
    }
  }

  private int noted() {
    note();
    return 1;
  }

  @Test
  void aStopEndsASilentSourceOfRxJava() {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    returned("a", Single.never()).subscribe(x -> {}, failure::set);
    bench.stop(bench.run("a"));
    bench.step();
    await(() -> failure.get() != null);
    assertInstanceOf(RunStoppedException.class, failure.get());
  }
}
