package io.belay.bench;

import com.alibaba.ttl.TransmittableThreadLocal;
import io.belay.api.Belay;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What benchmarks of hand-offs carry, and whether it arrives: an agent that is cheap may do less. */
final class Carrying {
  private static final String NAME = "bench";
  private static final ContextKey<String> KEY = ContextKey.named(NAME);
  private static final TransmittableThreadLocal<String> VALUE = new TransmittableThreadLocal<>();

  private Carrying() {}

  /** A way to hand a task over. */
  interface Way {
    void hand(Runnable task) throws Exception;
  }

  /** Does {@code batch} with what is {@code carried} at hand: a run, a context, a value. */
  static <T> T inside(String carried, Callable<T> batch) throws Exception {
    switch (carried) {
      case "run":
        return Belay.run(NAME, batch);
      case "context":
        return Context.current().with(KEY, NAME).wrap(batch).call();
      case "value":
        VALUE.set(NAME);
        try {
          return batch.call();
        } finally {
          VALUE.remove();
        }
      default:
        return batch.call();
    }
  }

  /** Says whether what is {@code carried} arrives at the other end of {@code way}. */
  static void report(String carried, String name, Way way) throws Exception {
    Belay.run("first", () -> ""); // So that everything is woven by now.
    CompletableFuture<Boolean> seen = new CompletableFuture<>();
    inside(
        carried,
        () -> {
          way.hand(() -> seen.complete(isHere(carried)));
          return seen.get(10, TimeUnit.SECONDS);
        });
    System.out.println("# " + name + ": " + carried + (seen.get() ? " arrives" : " is lost"));
  }

  private static boolean isHere(String carried) {
    switch (carried) {
      case "run":
        return Belay.current().id().startsWith(NAME);
      case "context":
        return NAME.equals(Context.current().get(KEY));
      case "value":
        return NAME.equals(VALUE.get());
      default:
        return true;
    }
  }

  /**
   * A pool that is full, so that its tasks are done by whoever hands them over: the whole path of a
   * hand-off is measured but no change of threads, whose cost varies a hundred times as much.
   */
  static ThreadPoolExecutor fullPool(CountDownLatch end) throws InterruptedException {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.HOURS,
            new SynchronousQueue<>(),
            new ThreadPoolExecutor.CallerRunsPolicy());
    CountDownLatch begun = new CountDownLatch(1);
    pool.execute(
        () -> {
          begun.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    begun.await();
    return pool;
  }
}
