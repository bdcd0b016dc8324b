package io.belay.it.handoff;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.GenericFutureListener;
import io.reactivex.rxjava3.core.Flowable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kotlin.Unit;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.ExecutorsKt;
import kotlinx.coroutines.GlobalScope;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.AbstractActorWithStash;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.interceptor.AsyncExecutionInterceptor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Promise;

/** How reactive and language runtimes let work change hands, by name. */
final class Runtimes {
  private Runtimes() {}

  static Map<String, HandOffs.Maker> all() {
    Map<String, HandOffs.Maker> all = new LinkedHashMap<>();
    reactive(all);
    rest(all);
    return all;
  }

  private static void reactive(Map<String, HandOffs.Maker> all) {
    all.put("Reactor: schedule", () -> on(b -> Schedulers.boundedElastic().schedule(b)));
    all.put("Reactor: schedule later", () -> on(b -> later(b)));
    all.put(
        "Reactor: subscribeOn",
        () ->
            on(
                b ->
                    Mono.fromRunnable(b)
                        .subscribeOn(Schedulers.parallel())
                        .subscribe(x -> {}, e -> {})));
    all.put(
        "Reactor: publishOn",
        () ->
            on(
                b ->
                    Flux.just(1)
                        .publishOn(Schedulers.single())
                        .doOnNext(x -> b.run())
                        .subscribe(x -> {}, e -> {})));
    all.put(
        "Reactor: delay",
        () ->
            stage(
                b ->
                    Mono.delay(java.time.Duration.ofMillis(1))
                        .doOnNext(x -> b.run())
                        .subscribe(x -> {}, e -> {})));
    all.put(
        "RxJava 3: schedule",
        () -> on(b -> io.reactivex.rxjava3.schedulers.Schedulers.io().scheduleDirect(b)));
    all.put(
        "RxJava 3: observeOn",
        () ->
            on(
                b ->
                    Flowable.just(1)
                        .observeOn(io.reactivex.rxjava3.schedulers.Schedulers.computation())
                        .subscribe(x -> b.run(), e -> {})));
    all.put(
        "RxJava 3: timer",
        () ->
            stage(b -> Flowable.timer(1, TimeUnit.MILLISECONDS).subscribe(x -> b.run(), e -> {})));
    all.put(
        "RxJava 2: schedule",
        () -> on(b -> io.reactivex.schedulers.Schedulers.io().scheduleDirect(b)));
    all.put(
        "RxJava 2: subscribeOn",
        () ->
            on(
                b ->
                    io.reactivex.Completable.fromRunnable(b)
                        .subscribeOn(io.reactivex.schedulers.Schedulers.newThread())
                        .subscribe(() -> {}, e -> {})));
    all.put(
        "Mutiny: runSubscriptionOn",
        () ->
            onPool(
                (pool, b) ->
                    Uni.createFrom()
                        .item(() -> done(b))
                        .runSubscriptionOn(pool)
                        .subscribe()
                        .with(x -> {}, e -> {})));
    all.put(
        "Mutiny: emitOn",
        () ->
            onPool(
                (pool, b) ->
                    Uni.createFrom().item(1).emitOn(pool).subscribe().with(x -> b.run(), e -> {})));
  }

  private static void rest(Map<String, HandOffs.Maker> all) {
    all.put("Guava: submit", () -> onPool(true, (pool, b) -> guava(pool).submit(b)));
    all.put(
        "Guava: listener",
        () ->
            stage(
                b -> {
                  SettableFuture<Object> open = SettableFuture.create();
                  ListenableFuture<Object> future = open;
                  future.addListener(b, MoreExecutors.directExecutor());
                  Outside.does(() -> open.set(""));
                }));
    all.put("Jetty: pool that starts workers", Runtimes::jetty);
    all.put("Netty: execute", () -> netty((loop, b) -> loop.execute(b), false));
    all.put("Netty: submit", () -> netty((loop, b) -> loop.submit(b), true));
    all.put(
        "Netty: schedule",
        () -> netty((loop, b) -> loop.schedule(b, 1, TimeUnit.MILLISECONDS), true));
    all.put("Netty: listener", () -> listener((loop, b) -> completed(loop, b)));
    all.put(
        "Netty: listener of what is done",
        () -> listener((loop, b) -> loop.newSucceededFuture("").addListener(done -> b.run())));
    all.put("Vert.x: onComplete", () -> stage(b -> promised().onComplete(done -> b.run())));
    all.put("Vert.x: onSuccess", () -> stage(b -> promised().onSuccess(done -> b.run())));
    all.put("Vert.x: onFailure", () -> stage(b -> failing().onFailure(failed -> b.run())));
    all.put(
        "Vert.x: compose",
        () ->
            stage(
                b ->
                    promised()
                        .compose(
                            done -> {
                              b.run();
                              return promised();
                            })));
    all.put("Vert.x: map", () -> stage(b -> promised().map(done -> done(b))));
    all.put("Vert.x: recover", () -> stage(b -> failing().otherwise(failed -> done(b))));
    all.put("Vert.x: executeBlocking", () -> vertx(Runtimes::blocking));
    all.put("Vert.x: periodic", () -> vertx(Runtimes::periodic));
    all.put(
        "Vert.x: runOnContext",
        () -> vertx((vertx, b) -> vertx.getOrCreateContext().runOnContext(x -> b.run())));
    all.put("Vert.x: timer", () -> vertx(Runtimes::timer));
    all.put("Spring: ThreadPoolTaskExecutor", () -> spring(false));
    all.put("Spring: ThreadPoolTaskExecutor, submit", () -> spring(true));
    all.put(
        "Spring: SimpleAsyncTaskExecutor", () -> on(b -> new SimpleAsyncTaskExecutor().execute(b)));
    all.put("Spring: @Async", Runtimes::springAsync);
    all.put("Spring: scheduler", Runtimes::springScheduler);
    all.put("Scala: Future", () -> on(b -> scala.concurrent.Future.apply(() -> done(b), global())));
    all.put(
        "Scala: map",
        () ->
            stage(
                b -> {
                  Promise<Object> promise = Promise.apply();
                  promise.future().map(x -> done(b), global());
                  Outside.does(() -> promise.success(""));
                }));
    all.put("Pekko: tell", Runtimes::pekko);
    all.put("Pekko: schedule once", Runtimes::pekkoScheduler);
    all.put("Pekko: schedule at a rate", () -> pekkoRepeated(Runtimes::atRate));
    all.put("Pekko: schedule with a delay", () -> pekkoRepeated(Runtimes::withDelay));
    all.put("Pekko: stash", Runtimes::pekkoStash);
    all.put("Kotlin: launch", () -> on(b -> launch(Dispatchers.getDefault(), b)));
    all.put(
        "Kotlin: launch on a pool", () -> onPool((pool, b) -> launch(ExecutorsKt.from(pool), b)));
    all.put(
        "Kotlin: withContext",
        () ->
            on(
                b ->
                    BuildersKt.launch(
                        GlobalScope.INSTANCE,
                        Dispatchers.getDefault(),
                        CoroutineStart.DEFAULT,
                        (scope, to) ->
                            BuildersKt.withContext(
                                (CoroutineContext) Dispatchers.getIO(),
                                (inner, last) -> {
                                  b.run();
                                  return Unit.INSTANCE;
                                },
                                to))));
    all.put(
        "Kotlin: runBlocking",
        () ->
            on(
                b -> {
                  Thread thread =
                      new Thread(
                          () -> {
                            try {
                              BuildersKt.runBlocking(
                                  EmptyCoroutineContext.INSTANCE, (scope, to) -> done(b));
                            } catch (InterruptedException woken) {
                              Thread.currentThread().interrupt();
                            }
                          });
                  thread.setDaemon(false);
                  thread.setUncaughtExceptionHandler((failed, thrown) -> {});
                  thread.start();
                }));
  }

  private static void launch(CoroutineContext on, Runnable body) {
    BuildersKt.launch(
        GlobalScope.INSTANCE,
        on,
        CoroutineStart.DEFAULT,
        (scope, to) -> {
          body.run();
          return Unit.INSTANCE;
        });
  }

  private static void completed(DefaultEventExecutor loop, Runnable body) {
    io.netty.util.concurrent.Promise<Object> open = loop.newPromise();
    GenericFutureListener<io.netty.util.concurrent.Future<Object>> removed =
        done -> new AssertionError("was removed").printStackTrace();
    open.addListener(removed);
    open.addListener(done -> body.run());
    open.removeListener(removed);
    Outside.does(() -> loop.execute(() -> Outside.byAnotherRun(() -> open.setSuccess(""))));
  }

  private static io.vertx.core.Future<Object> promised() {
    io.vertx.core.Promise<Object> open = io.vertx.core.Promise.promise();
    Outside.does(() -> Outside.byAnotherRun(() -> open.complete("")));
    return open.future();
  }

  private static io.vertx.core.Future<Object> failing() {
    io.vertx.core.Promise<Object> open = io.vertx.core.Promise.promise();
    Outside.does(() -> Outside.byAnotherRun(() -> open.fail("as it should")));
    return open.future();
  }

  /** Vert.x 4.0 has one way to say it, Vert.x 5 another. */
  private static void blocking(Vertx vertx, Runnable body) throws Exception {
    for (Method method : Vertx.class.getMethods()) {
      Class<?>[] parameters = method.getParameterTypes();
      if (method.getName().equals("executeBlocking") && parameters.length == 1) {
        method.invoke(
            vertx,
            Proxy.newProxyInstance(
                Runtimes.class.getClassLoader(),
                parameters,
                (proxy, called, arguments) ->
                    called.getDeclaringClass() == Object.class ? 0 : done(body)));
      }
    }
  }

  private static void periodic(Vertx vertx, Runnable body) {
    vertx
        .getOrCreateContext()
        .runOnContext(
            x ->
                vertx.setPeriodic(
                    1,
                    timer -> {
                      vertx.cancelTimer(timer);
                      body.run();
                    }));
  }

  private static void atRate(ActorSystem system, Runnable body) {
    system
        .scheduler()
        .scheduleAtFixedRate(Duration.ofMillis(1), Duration.ofHours(1), body, system.dispatcher());
  }

  private static void withDelay(ActorSystem system, Runnable body) {
    system
        .scheduler()
        .scheduleWithFixedDelay(
            Duration.ofMillis(1), Duration.ofHours(1), body, system.dispatcher());
  }

  /** Vert.x 4.0 loses a timer that fires before it is known, so its own thread sets it. */
  private static void timer(Vertx vertx, Runnable body) {
    vertx.getOrCreateContext().runOnContext(x -> vertx.setTimer(1, y -> body.run()));
  }

  private static Object later(Runnable body) {
    return Schedulers.parallel().schedule(body, 1, TimeUnit.MILLISECONDS);
  }

  private static ExecutionContext global() {
    return ExecutionContext.global();
  }

  private static Object done(Runnable body) {
    body.run();
    return "";
  }

  private static ListeningExecutorService guava(ExecutorService pool) {
    return MoreExecutors.listeningDecorator(pool);
  }

  // ---- shapes ----

  private interface Given {
    void give(Runnable body) throws Exception;
  }

  private interface GivenTo<T> {
    void give(T to, Runnable body) throws Exception;
  }

  /** {@code holds}: whether the run waits for it before it has begun. */
  private record Simple(
      Given given, boolean holds, boolean queues, boolean catches, AutoCloseable end)
      implements HandOff {
    Simple(Given given, boolean holds, boolean queues, AutoCloseable end) {
      this(given, holds, queues, true, end);
    }

    @Override
    public Future<?> hand(Runnable body) throws Exception {
      given.give(body);
      return null;
    }

    @Override
    public void close() throws Exception {
      end.close();
    }
  }

  private static HandOff on(Given given) {
    return new Simple(given, true, false, () -> {});
  }

  private static HandOff stage(Given given) {
    return new Simple(given, false, false, () -> {});
  }

  private static HandOff onPool(GivenTo<ExecutorService> given) {
    return onPool(false, given);
  }

  private static HandOff onPool(boolean queues, GivenTo<ExecutorService> given) {
    ExecutorService pool =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.HOURS, new LinkedBlockingQueue<>());
    return new Simple(body -> given.give(pool, body), true, queues, pool::shutdownNow);
  }

  /** This executor of Netty's ends by an exception of what it was given to execute. */
  private static HandOff netty(GivenTo<DefaultEventExecutor> given, boolean catches) {
    DefaultEventExecutor loop = new DefaultEventExecutor();
    return new Simple(
        body -> given.give(loop, body),
        true,
        true,
        catches,
        () -> loop.shutdownGracefully(0, 0, TimeUnit.SECONDS));
  }

  private static HandOff listener(GivenTo<DefaultEventExecutor> given) {
    DefaultEventExecutor loop = new DefaultEventExecutor();
    return new Simple(
        body -> given.give(loop, body),
        false,
        false,
        () -> loop.shutdownGracefully(0, 0, TimeUnit.SECONDS));
  }

  private static HandOff vertx(GivenTo<Vertx> given) {
    Vertx vertx = Vertx.vertx();
    return new Simple(body -> given.give(vertx, body), false, false, vertx::close);
  }

  private static HandOff spring(boolean submits) {
    ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
    executor.setCorePoolSize(1);
    executor.initialize();
    return new Simple(
        body -> {
          if (submits) {
            executor.submit(body);
          } else {
            executor.execute(body);
          }
        },
        true,
        true,
        executor::shutdown);
  }

  /** What Spring makes of a method with that annotation: a call on its executor. */
  private static HandOff springAsync() {
    ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
    executor.setCorePoolSize(1);
    executor.initialize();
    return new Simple(
        body -> {
          ProxyFactory asynchronous = new ProxyFactory(body);
          asynchronous.addAdvice(new AsyncExecutionInterceptor(executor));
          ((Runnable) asynchronous.getProxy()).run();
        },
        true,
        true,
        executor::shutdown);
  }

  private static HandOff springScheduler() {
    ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    scheduler.initialize();
    return new Simple(
        body -> scheduler.schedule(body, new java.util.Date()), true, true, scheduler::shutdown);
  }

  /**
   * It has one thread, so what it is given in a run makes it start workers for all that follows.
   */
  private static HandOff jetty() throws Exception {
    QueuedThreadPool pool = new QueuedThreadPool(8, 1);
    pool.setReservedThreads(0);
    pool.start();
    return new Simple(body -> threeAndThen(pool, body), true, false, pool::stop);
  }

  /** Each on a thread of its own. */
  private static void threeAndThen(Executor pool, Runnable body) {
    CountDownLatch together = new CountDownLatch(4);
    for (int i = 0; i < 3; i++) {
      pool.execute(() -> meet(together));
    }
    pool.execute(
        () -> {
          meet(together);
          body.run();
        });
  }

  private static void meet(CountDownLatch together) {
    together.countDown();
    try {
      together.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static final AtomicInteger SYSTEMS = new AtomicInteger();

  private static HandOff pekko() {
    ActorSystem system = ActorSystem.create("cells-" + SYSTEMS.incrementAndGet());
    ActorRef actor = system.actorOf(Props.create(Doing.class, Doing::new));
    return new Simple(
        body -> actor.tell(body, ActorRef.noSender()), true, false, system::terminate);
  }

  private static HandOff pekkoScheduler() {
    ActorSystem system = ActorSystem.create("cells-" + SYSTEMS.incrementAndGet());
    return new Simple(
        body ->
            system
                .scheduler()
                .scheduleOnce(java.time.Duration.ofMillis(1), body, system.dispatcher()),
        false,
        false,
        system::terminate);
  }

  private static HandOff pekkoRepeated(GivenTo<ActorSystem> given) {
    ActorSystem system = ActorSystem.create("cells-" + SYSTEMS.incrementAndGet());
    return new Simple(body -> given.give(system, body), false, false, system::terminate);
  }

  /** What is put aside is taken up again when another run's message comes. */
  private static HandOff pekkoStash() {
    ActorSystem system = ActorSystem.create("cells-" + SYSTEMS.incrementAndGet());
    ActorRef actor = system.actorOf(Props.create(PuttingAside.class, PuttingAside::new));
    return new Simple(
        body -> {
          actor.tell(body, ActorRef.noSender());
          Outside.does(() -> Outside.byAnotherRun(() -> actor.tell("open", ActorRef.noSender())));
        },
        true,
        false,
        system::terminate);
  }

  private static final class PuttingAside extends AbstractActorWithStash {
    private boolean open;

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .matchEquals("open", x -> open())
          .match(Runnable.class, this::take)
          .build();
    }

    private void open() {
      open = true;
      unstashAll();
    }

    private void take(Runnable body) {
      if (open) {
        open = false;
        body.run();
      } else {
        stash();
      }
    }
  }

  private static final class Doing extends AbstractActor {
    @Override
    public Receive createReceive() {
      return receiveBuilder().match(Runnable.class, Runnable::run).build();
    }
  }
}
