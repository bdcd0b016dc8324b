package io.belay.it.handoff;

import static io.belay.it.handoff.Cells.expect;

import io.belay.api.Status;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a stop does to tasks that wait in a pool's queue: their places are free at once. */
final class QueueShapes {
  private QueueShapes() {}

  private interface Giving {
    Future<?> give(ThreadPoolExecutor pool, Runnable body);
  }

  static void addTo(Map<String, Callable<String>> all) {
    all.put(
        "aStopFreesThePlaceOfAnExecutedTask",
        () ->
            freed(
                new FullPool(new ThreadPoolExecutor.AbortPolicy()),
                (pool, body) -> {
                  pool.execute(body);
                  return null;
                }));
    all.put(
        "aStopFreesThePlaceOfASubmittedTask",
        () -> freed(new FullPool(new ThreadPoolExecutor.AbortPolicy()), (p, b) -> p.submit(b)));
    all.put(
        "aStopFreesThePlaceOfAStage",
        () ->
            freed(
                new FullPool(new ThreadPoolExecutor.AbortPolicy()),
                (pool, body) -> CompletableFuture.runAsync(body, pool)));
    all.put("aStopFreesThePlaceOfAComparedTask", QueueShapes::aStopFreesThePlaceOfAComparedTask);
    all.put("aStopFreesThePlaceOfADelayedTask", QueueShapes::aStopFreesThePlaceOfADelayedTask);
    all.put("aCancelledTaskLetsItsRunEndAtOnce", QueueShapes::aCancelledTaskLetsItsRunEndAtOnce);
  }

  /** The pool has room for one waiting task, and would reject a second one. */
  private static String freed(FullPool given, Giving giving) throws Exception {
    try (FullPool pool = given) {
      pool.occupy();
      AtomicBoolean started = new AtomicBoolean();
      stopWhileQueued(pool, giving, started);
      Cells.await("its place is free", () -> pool.getQueue().isEmpty());
      CompletableFuture<Boolean> next = new CompletableFuture<>();
      pool.execute(() -> next.complete(true));
      pool.release();
      next.get(60, TimeUnit.SECONDS);
      expect(false, started.get(), "the body was started:");
    }
    return null;
  }

  private static void stopWhileQueued(ThreadPoolExecutor pool, Giving giving, AtomicBoolean started)
      throws Exception {
    CompletableFuture<Future<?>> future = new CompletableFuture<>();
    CountDownLatch stopped = new CountDownLatch(1);
    Cells.Begun run =
        Cells.begin(
            current -> {
              future.complete(giving.give(pool, () -> started.set(true)));
              stopped.await();
            });
    Future<?> waiting = future.get(60, TimeUnit.SECONDS);
    run.run().stop("while it is queued");
    stopped.countDown();
    run.endsAs(Status.STOPPED);
    if (waiting != null) {
      Cells.await("its future is cancelled", waiting::isCancelled);
    }
  }

  private static String aStopFreesThePlaceOfAComparedTask() throws Exception {
    try (FullPool pool =
        new FullPool(new PriorityBlockingQueue<>(), new ThreadPoolExecutor.AbortPolicy())) {
      pool.occupy();
      AtomicBoolean started = new AtomicBoolean();
      stopWhileQueued(
          pool,
          (given, body) -> {
            given.execute(new Compared(body));
            return null;
          },
          started);
      Cells.await("its place is free", () -> pool.getQueue().isEmpty());
      pool.release();
      expect(false, started.get(), "the body was started:");
    }
    return null;
  }

  private static String aStopFreesThePlaceOfADelayedTask() throws Exception {
    ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
    AtomicBoolean started = new AtomicBoolean();
    stopWhileQueued(
        pool,
        (given, body) -> ((ScheduledThreadPoolExecutor) given).schedule(body, 1, TimeUnit.HOURS),
        started);
    Cells.await("its place is free", () -> pool.getQueue().isEmpty());
    pool.shutdownNow();
    expect(false, started.get(), "the body was started:");
    return null;
  }

  private static String aCancelledTaskLetsItsRunEndAtOnce() throws Exception {
    ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
    CompletableFuture<Future<?>> future = new CompletableFuture<>();
    Cells.Begun run =
        Cells.begin(current -> future.complete(pool.schedule(() -> {}, 1, TimeUnit.HOURS)));
    run.entryReturned();
    expect(Status.RUNNING, run.run().status(), "the run whose task waits is");
    future.get().cancel(false);
    expect(Status.COMPLETED, run.run().status(), "the run whose task was cancelled is");
    pool.shutdownNow();
    return null;
  }

  private record Compared(Runnable body) implements Runnable, Comparable<Compared> {
    @Override
    public void run() {
      body.run();
    }

    @Override
    public int compareTo(Compared other) {
      return 0;
    }
  }
}
