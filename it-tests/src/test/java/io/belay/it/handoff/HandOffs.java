package io.belay.it.handoff;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Every way in which the JDK lets work change hands, by name. */
final class HandOffs {
  interface Maker {
    HandOff make() throws Exception;
  }

  private HandOffs() {}

  static Map<String, Maker> all() {
    Map<String, Maker> all = new LinkedHashMap<>();
    all.put("new Thread", () -> threads(Thread::new));
    all.put("Thread subclass", () -> threads(Subclass::new));
    all.put("execute", () -> queue(pool(), ExecutorService::execute));
    all.put("submit a Runnable", () -> on(pool(), (pool, body) -> pool.submit(body)));
    all.put("submit a Callable", () -> on(pool(), (pool, body) -> pool.submit(call(body))));
    all.put("delegated executor", () -> on(single(), (pool, body) -> pool.submit(body)));
    all.put(
        "completion service",
        () -> on(pool(), (pool, body) -> new ExecutorCompletionService<>(pool).submit(call(body))));
    all.put(
        "pool that compares its tasks",
        () -> queue(comparing(), (pool, body) -> pool.execute(new Ranked(body))));
    all.put("schedule", () -> on(scheduler(), (pool, body) -> later(pool, body)));
    all.put(
        "scheduleAtFixedRate",
        () -> new Pooled(scheduler(), HandOffs::onceAtFixedRate, true, false));
    all.put(
        "scheduleWithFixedDelay",
        () -> new Pooled(scheduler(), HandOffs::onceWithFixedDelay, true, false));
    all.put("invokeAll", () -> waited(pool(), body -> pool -> pool.invokeAll(twice(body))));
    all.put("invokeAny", () -> waited(pool(), body -> pool -> pool.invokeAny(once(body))));
    all.put(
        "ForkJoinPool.invokeAll",
        () -> waited(forkJoin(), body -> pool -> pool.invokeAll(twice(body))));
    all.put("pool subclass", () -> on(new Watching(), (pool, body) -> pool.submit(body)));
    all.put("pool subclass, execute", () -> queue(new Watching(), ExecutorService::execute));
    all.put("pool with a handler of its own", () -> queue(handling(), ExecutorService::execute));
    all.put("custom executor", () -> queue(new OwnQueue(true), ExecutorService::execute));
    all.put(
        "custom executor, submit", () -> on(new OwnQueue(true), (own, body) -> own.submit(body)));
    all.put(
        "executor that starts its worker",
        () -> queue(new OwnQueue(false), ExecutorService::execute));
    all.put("thread per task", () -> threads(body -> starter(body)));
    all.put("ForkJoinPool.execute", () -> queue(forkJoin(), ExecutorService::execute));
    all.put("ForkJoinPool.submit", () -> on(forkJoin(), (pool, body) -> pool.submit(body)));
    all.put(
        "ForkJoinPool.submit a task",
        () -> on(forkJoin(), (pool, body) -> ((ForkJoinPool) pool).submit(new Action(body))));
    all.put(
        "fork",
        () -> on(forkJoin(), (pool, body) -> pool.submit(call(() -> new Action(body).fork()))));
    all.put("fork a RecursiveTask", () -> plain(body -> new Recursive(body).fork()));
    all.put("fork from outside", () -> plain(body -> new Action(body).fork()));
    all.put("counted completer", () -> plain(body -> new Completer(body).fork()));
    all.put("parallel stream", () -> plain(HandOffs::parallelStream));
    all.put("runAsync", () -> plain(CompletableFuture::runAsync));
    all.put(
        "runAsync on a pool",
        () -> on(pool(), (pool, body) -> CompletableFuture.runAsync(body, pool)));
    all.put(
        "supplyAsync on a pool",
        () -> on(pool(), (pool, body) -> CompletableFuture.supplyAsync(() -> done(body), pool)));
    all.put(
        "completeAsync", () -> plain(b -> new CompletableFuture<>().completeAsync(() -> done(b))));
    stages(all);
    all.put(
        "delayedExecutor",
        () ->
            on(
                pool(),
                (pool, body) ->
                    CompletableFuture.runAsync(
                        body, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, pool))));
    all.put("Timer", HandOffs::timer);
    all.put("Timer, again and again", HandOffs::timerAgain);
    all.put(
        "parallel stream on a pool", () -> waited(forkJoin(), body -> pool -> inPool(pool, body)));
    all.put("SubmissionPublisher", HandOffs::publisher);
    if (Runtime.version().feature() >= 21) {
      all.put("virtual thread", () -> threads(HandOffs::virtual));
      all.put("Thread.Builder", () -> threads(body -> built("ofPlatform", body)));
      all.put("thread per task executor", () -> on(platform(), (pool, b) -> pool.submit(call(b))));
      all.put(
          "invokeAll on threads per task",
          () -> waited(perTask(), body -> pool -> pool.invokeAll(twice(body))));
      all.put(
          "invokeAny on threads per task",
          () -> waited(perTask(), body -> pool -> pool.invokeAny(once(body))));
      all.put("ExecutorService.close", () -> waited(perTask(), body -> pool -> closed(body)));
      all.put("virtual thread per task", () -> on(perTask(), (pool, body) -> pool.submit(body)));
      all.put("virtual thread per task, execute", () -> loose(perTask(), ExecutorService::execute));
    }
    if (Runtime.version().feature() >= 25) {
      all.put("structured task scope", () -> plain(StructuredScope::fork));
      all.put(
          "ForkJoinPool.schedule",
          () -> on(forkJoin(), (pool, body) -> later((ScheduledExecutorService) pool, body)));
    }
    return all;
  }

  /**
   * Stages run in whoever completes, or on another pool: they are the registrant's all the same.
   */
  private static void stages(Map<String, Maker> all) {
    interface Stage {
      CompletableFuture<?> register(CompletableFuture<Object> on, Runnable body);
    }
    CompletableFuture<Object> done = CompletableFuture.completedFuture("");
    Map<String, Stage> stages = new LinkedHashMap<>();
    stages.put("thenApply", (on, body) -> on.thenApply(x -> done(body)));
    stages.put("thenApplyAsync", (on, body) -> on.thenApplyAsync(x -> done(body)));
    stages.put("thenAccept", (on, body) -> on.thenAccept(x -> body.run()));
    stages.put("thenRun", (on, body) -> on.thenRun(body));
    stages.put("thenCombine", (on, body) -> on.thenCombine(done, (x, y) -> done(body)));
    stages.put("thenAcceptBoth", (on, body) -> on.thenAcceptBoth(done, (x, y) -> body.run()));
    stages.put("runAfterBoth", (on, body) -> on.runAfterBoth(done, body));
    stages.put("applyToEither", (on, b) -> on.applyToEither(never(), x -> done(b)));
    stages.put("acceptEither", (on, b) -> on.acceptEither(never(), x -> b.run()));
    stages.put("runAfterEither", (on, body) -> on.runAfterEither(never(), body));
    stages.put("thenCompose", (on, body) -> on.thenCompose(x -> ran(body)));
    stages.put("whenComplete", (on, body) -> on.whenComplete((x, y) -> body.run()));
    stages.put("handle", (on, body) -> on.handle((x, y) -> done(body)));
    stages.put("handleAsync", (on, body) -> on.handleAsync((x, y) -> done(body)));
    stages.put("thenAcceptAsync", (on, body) -> on.thenAcceptAsync(x -> body.run()));
    stages.put("thenRunAsync", (on, body) -> on.thenRunAsync(body));
    stages.put("thenCombineAsync", (on, body) -> on.thenCombineAsync(done, (x, y) -> done(body)));
    stages.put("runAfterBothAsync", (on, body) -> on.runAfterBothAsync(done, body));
    stages.put("acceptEitherAsync", (on, b) -> on.acceptEitherAsync(never(), x -> b.run()));
    stages.put("runAfterEitherAsync", (on, body) -> on.runAfterEitherAsync(never(), body));
    stages.put("thenComposeAsync", (on, body) -> on.thenComposeAsync(x -> ran(body)));
    stages.put("whenCompleteAsync", (on, body) -> on.whenCompleteAsync((x, y) -> body.run()));
    stages.put(
        "completeOnTimeout", (on, b) -> on.completeOnTimeout("", 1, TimeUnit.HOURS).thenRun(b));
    stages.put(
        "minimalCompletionStage",
        (on, b) -> on.minimalCompletionStage().thenRun(b).toCompletableFuture());
    stages.put("copy", (on, body) -> on.copy().thenRun(body));
    stages.put("anyOf", (on, b) -> CompletableFuture.anyOf(on, never()).thenRun(b));
    stages.put("allOf", (on, body) -> CompletableFuture.allOf(on, done).thenRun(body));
    stages.put("orTimeout", (on, b) -> on.orTimeout(1, TimeUnit.HOURS).thenRun(b));
    stages.put("newIncompleteFuture", (on, b) -> new Own<>().completeWith(on).thenRun(b));
    for (Map.Entry<String, Stage> registered : stages.entrySet()) {
      all.put(
          registered.getKey(),
          () ->
              stage(
                  body -> {
                    CompletableFuture<Object> open = new CompletableFuture<>();
                    CompletableFuture<?> stands = registered.getValue().register(open, body);
                    Outside.does(() -> open.complete(""));
                    return stands;
                  }));
    }
    Map<String, Stage> recoveries = new LinkedHashMap<>();
    recoveries.put("exceptionally", (on, b) -> on.exceptionally(failure -> done(b)));
    recoveries.put("exceptionallyAsync", (on, b) -> on.exceptionallyAsync(failure -> done(b)));
    recoveries.put("exceptionallyCompose", (on, b) -> on.exceptionallyCompose(failure -> ran(b)));
    for (Map.Entry<String, Stage> registered : recoveries.entrySet()) {
      all.put(
          registered.getKey(),
          () ->
              stage(
                  body -> {
                    CompletableFuture<Object> open = new CompletableFuture<>();
                    CompletableFuture<?> stands = registered.getValue().register(open, body);
                    Outside.does(() -> open.completeExceptionally(new IllegalStateException()));
                    return stands;
                  }));
    }
  }

  private static final class Own<T> extends CompletableFuture<T> {
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new Own<>();
    }

    Own<T> completeWith(CompletableFuture<T> other) {
      other.thenAccept(this::complete);
      return this;
    }
  }

  private static <T> CompletableFuture<T> never() {
    return new CompletableFuture<>();
  }

  private static CompletableFuture<Object> ran(Runnable body) {
    body.run();
    return CompletableFuture.completedFuture("");
  }

  private static Object done(Runnable body) {
    body.run();
    return "";
  }

  private static Callable<Object> call(Runnable body) {
    return () -> done(body);
  }

  // ---- shapes ----

  private interface Handing {
    Future<?> hand(Runnable body) throws Exception;
  }

  private static HandOff plain(Handing handing) {
    return handing::hand;
  }

  /** A stage waits for a future that may never come, so no run waits for a stage. */
  private static HandOff stage(Handing handing) {
    return new HandOff() {
      @Override
      public Future<?> hand(Runnable body) throws Exception {
        return handing.hand(body);
      }

      @Override
      public boolean holds() {
        return false;
      }
    };
  }

  private interface Submission {
    Future<?> submit(ExecutorService pool, Runnable body) throws Exception;
  }

  private interface Execution {
    void execute(ExecutorService pool, Runnable body) throws Exception;
  }

  private static HandOff on(ExecutorService pool, Submission submission) {
    return new Pooled(pool, submission, true, true);
  }

  private static HandOff queue(ExecutorService pool, Execution execution) {
    return new Pooled(
        pool,
        (given, body) -> {
          execution.execute(given, body);
          return null;
        },
        false,
        true);
  }

  private static HandOff loose(ExecutorService pool, Execution execution) {
    return queue(pool, execution);
  }

  private record Pooled(ExecutorService pool, Submission submission, boolean catches, boolean holds)
      implements HandOff {
    @Override
    public Future<?> hand(Runnable body) throws Exception {
      return submission.submit(pool, body);
    }

    @Override
    public boolean queues() {
      return !pool.getClass().getName().contains("ThreadPerTask");
    }

    @Override
    public void close() throws Exception {
      pool.shutdownNow();
      if (!pool.awaitTermination(60, TimeUnit.SECONDS)) {
        throw new AssertionError("the pool does not end");
      }
    }
  }

  private interface Waiting {
    Object on(ExecutorService pool) throws Exception;
  }

  private interface WaitingFor {
    Waiting body(Runnable body);
  }

  /** Whoever hands over waits for what comes of it, so that is done on a thread of its own. */
  private static HandOff waited(ExecutorService pool, WaitingFor waiting) {
    return new Pooled(
        pool,
        (given, body) -> {
          Thread thread =
              new Thread(
                  () -> {
                    try {
                      waiting.body(body).on(given);
                    } catch (Exception expected) {
                      Thread.currentThread().interrupt(); // A body of a cell may throw.
                    }
                  });
          thread.setDaemon(false);
          thread.start();
          return null;
        },
        true,
        true);
  }

  private static List<Callable<Object>> once(Runnable body) {
    return List.of(call(body));
  }

  private static List<Callable<Object>> twice(Runnable body) {
    return List.of(call(body), () -> "");
  }

  private static Object inPool(ExecutorService pool, Runnable body) throws Exception {
    AtomicBoolean taken = new AtomicBoolean();
    return pool.submit(
            () ->
                IntStream.range(0, 4)
                    .parallel()
                    .forEach(
                        i -> {
                          if (taken.compareAndSet(false, true)) {
                            body.run();
                          }
                        }))
        .get();
  }

  /** {@code ExecutorService.close}, Java 19 and later: it waits for what was submitted. */
  private static Object closed(Runnable body) throws Exception {
    ExecutorService pool = perTask();
    try {
      return pool.submit(body);
    } finally {
      ((AutoCloseable) (Object) pool).close();
    }
  }

  private static HandOff threads(ThreadFactory factory) {
    return new HandOff() {
      @Override
      public Future<?> hand(Runnable body) {
        Thread thread = factory.newThread(body);
        if (!thread.getClass().getName().contains("Virtual")) {
          thread.setDaemon(false); // A run waits for a daemon as little as the JVM does.
        }
        thread.start();
        return null;
      }

      @Override
      public boolean catches() {
        return false;
      }
    };
  }

  // ---- pools, all with one worker ----

  private static ExecutorService pool() {
    return new ThreadPoolExecutor(1, 1, 1, TimeUnit.HOURS, new LinkedBlockingQueue<>());
  }

  private static ExecutorService single() {
    return Executors.newSingleThreadExecutor();
  }

  private static ExecutorService scheduler() {
    return Executors.newScheduledThreadPool(1);
  }

  private static ExecutorService comparing() {
    Comparator<Runnable> byRank = Comparator.comparing(task -> ((Ranked) task).rank());
    return new ThreadPoolExecutor(1, 1, 1, TimeUnit.HOURS, new PriorityBlockingQueue<>(8, byRank));
  }

  private static ExecutorService handling() {
    return new ThreadPoolExecutor(
        1, 1, 1, TimeUnit.HOURS, new LinkedBlockingQueue<>(), (task, pool) -> {});
  }

  /** Looks at what it does, as pools do that measure. */
  private static final class Watching extends ThreadPoolExecutor {
    private Runnable seen;

    Watching() {
      super(1, 1, 1, TimeUnit.HOURS, new LinkedBlockingQueue<>());
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
      seen = task;
    }

    @Override
    protected void afterExecute(Runnable task, Throwable thrown) {
      if (seen != task) {
        throw new AssertionError("begun: " + seen + ", done: " + task);
      }
    }
  }

  private static ExecutorService forkJoin() {
    return new ForkJoinPool(1);
  }

  private static ExecutorService perTask() throws Exception {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  private static ExecutorService platform() throws Exception {
    ThreadFactory factory =
        task -> {
          Thread thread = new Thread(task);
          thread.setDaemon(false);
          return thread;
        };
    return (ExecutorService)
        Executors.class
            .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
            .invoke(null, factory);
  }

  private static Future<?> later(ExecutorService pool, Runnable body) {
    return ((ScheduledExecutorService) pool).schedule(body, 1, TimeUnit.MILLISECONDS);
  }

  /** Again and again until somebody cancels it; what is asked about is its first time. */
  private static Future<?> onceAtFixedRate(ExecutorService pool, Runnable body) {
    return onceOf(
        body,
        again ->
            ((ScheduledExecutorService) pool)
                .scheduleAtFixedRate(again, 1, 1, TimeUnit.MILLISECONDS));
  }

  private static Future<?> onceWithFixedDelay(ExecutorService pool, Runnable body) {
    return onceOf(
        body,
        again ->
            ((ScheduledExecutorService) pool)
                .scheduleWithFixedDelay(again, 1, 1, TimeUnit.MILLISECONDS));
  }

  private static Future<?> onceOf(Runnable body, Function<Runnable, Future<?>> scheduling) {
    Future<?>[] own = new Future<?>[1];
    synchronized (own) {
      own[0] =
          scheduling.apply(
              () -> {
                try {
                  body.run();
                } finally {
                  synchronized (own) {
                    own[0].cancel(false);
                  }
                }
              });
      return own[0];
    }
  }

  private static Thread starter(Runnable body) {
    Executor perTask =
        task -> {
          Thread thread = new Thread(task);
          thread.setDaemon(false);
          thread.start();
        };
    return new Thread(() -> perTask.execute(body));
  }

  private static Thread virtual(Runnable body) {
    return built("ofVirtual", body);
  }

  private static Thread built(String how, Runnable body) {
    try {
      Object builder = Thread.class.getMethod(how).invoke(null);
      Method unstarted =
          Class.forName("java.lang.Thread$Builder").getMethod("unstarted", Runnable.class);
      return (Thread) unstarted.invoke(builder, body);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Subclass extends Thread {
    private final Runnable body;

    Subclass(Runnable body) {
      this.body = body;
    }

    @Override
    public void run() {
      body.run();
    }
  }

  // ---- tasks ----

  private record Ranked(Runnable body, int rank) implements Runnable {
    Ranked(Runnable body) {
      this(body, 1);
    }

    @Override
    public void run() {
      body.run();
    }
  }

  private static final class Action extends RecursiveAction {
    private static final long serialVersionUID = 1;
    private final transient Runnable body;

    Action(Runnable body) {
      this.body = body;
    }

    @Override
    protected void compute() {
      body.run();
    }
  }

  private static final class Recursive extends RecursiveTask<Object> {
    private static final long serialVersionUID = 1;
    private final transient Runnable body;

    Recursive(Runnable body) {
      this.body = body;
    }

    @Override
    protected Object compute() {
      return done(body);
    }
  }

  private static final class Completer extends CountedCompleter<Void> {
    private static final long serialVersionUID = 1;
    private final transient Runnable body;

    Completer(Runnable body) {
      this.body = body;
    }

    @Override
    public void compute() {
      body.run();
      tryComplete();
    }
  }

  /** Wide enough that others take part; the body is done by one that is not the caller. */
  private static Future<?> parallelStream(Runnable body) {
    Thread caller = Thread.currentThread();
    CompletableFuture<Void> taken = new CompletableFuture<>();
    Runnable search =
        () ->
            IntStream.range(0, 4)
                .parallel()
                .forEach(
                    i -> {
                      if (Thread.currentThread() != caller && taken.complete(null)) {
                        body.run();
                      } else if (Thread.currentThread() == caller) {
                        taken.join();
                      }
                    });
    search.run();
    return null;
  }

  private static HandOff timer() {
    return timer(
        true,
        (timer, body) ->
            timer.schedule(
                new TimerTask() {
                  @Override
                  public void run() {
                    body.run();
                  }
                },
                1));
  }

  private static HandOff timerAgain() {
    return timer(
        false,
        (timer, body) ->
            timer.schedule(
                new TimerTask() {
                  @Override
                  public void run() {
                    cancel();
                    body.run();
                  }
                },
                1,
                1));
  }

  private static HandOff timer(boolean holds, BiConsumer<Timer, Runnable> scheduling) {
    Timer timer = new Timer(true);
    return new HandOff() {
      @Override
      public Future<?> hand(Runnable body) {
        scheduling.accept(timer, body);
        return null;
      }

      @Override
      public boolean holds() {
        return holds;
      }

      @Override
      public boolean catches() {
        return false;
      }

      @Override
      public boolean queues() {
        return true;
      }

      @Override
      public void close() {
        timer.cancel();
      }
    };
  }

  private static HandOff publisher() {
    return plain(
        body -> {
          try (SubmissionPublisher<String> publisher = new SubmissionPublisher<>()) {
            CompletableFuture<Void> consumed = publisher.consume(item -> body.run());
            publisher.submit("item");
            return consumed;
          }
        });
  }

  /** An executor of somebody's own, with a queue and a thread that was there before, or was not. */
  static final class OwnQueue extends AbstractExecutorService {
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private Thread worker;
    private boolean ended;

    OwnQueue(boolean early) {
      worker = early ? Outside.thread(this::work) : null;
    }

    private void work() {
      for (; ; ) {
        Runnable next;
        synchronized (queue) {
          while (queue.isEmpty() && !ended) {
            try {
              queue.wait();
            } catch (InterruptedException again) {
              continue;
            }
          }
          next = queue.poll();
        }
        if (next == null) {
          return;
        }
        try {
          next.run();
        } catch (RuntimeException survived) {
          continue;
        }
      }
    }

    @Override
    public void execute(Runnable task) {
      synchronized (queue) {
        queue.add(task);
        queue.notifyAll();
        if (worker == null) {
          worker = new Thread(this::work, "late");
          worker.start();
        }
      }
    }

    @Override
    public void shutdown() {
      synchronized (queue) {
        ended = true;
        queue.notifyAll();
      }
    }

    @Override
    public List<Runnable> shutdownNow() {
      shutdown();
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return ended;
    }

    @Override
    public boolean isTerminated() {
      return ended;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
      worker.join(unit.toMillis(timeout));
      return !worker.isAlive();
    }
  }

  /** Preview API, reached by reflection since these tests are compiled for Java 17. */
  private static final class StructuredScope {
    static Future<?> fork(Runnable body) throws Exception {
      Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
      Object scope = type.getMethod("open").invoke(null);
      try (AutoCloseable closing = (AutoCloseable) scope) {
        type.getMethod("fork", Callable.class).invoke(scope, call(body));
        type.getMethod("join").invoke(scope);
      } catch (java.lang.reflect.InvocationTargetException failed) {
        // What the body threw, by way of join.
      }
      return null;
    }
  }
}
