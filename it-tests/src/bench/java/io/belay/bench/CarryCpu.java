package io.belay.bench;

import com.alibaba.ttl.TransmittableThreadLocal;
import io.belay.api.Belay;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Hand-offs of {@link CarryBenchmark} in processor time, for a machine that is busy with other
 * things. Run it in turns without an agent and with each, with {@code -javaagent:...} and one of
 * {@code nothing}, {@code run}, {@code context}, {@code value}; compare the least values.
 */
public final class CarryCpu {
  private static final int BATCH = 10_000;
  private static final int ROUNDS = 120;
  private static final ContextKey<String> KEY = ContextKey.named("bench");
  private static final TransmittableThreadLocal<String> VALUE = new TransmittableThreadLocal<>();

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static volatile int done;

  private CarryCpu() {}

  private static final class Add extends RecursiveAction {
    private static final long serialVersionUID = 1;

    @Override
    protected void compute() {
      done = 1;
    }
  }

  /** Prints one line, of nanoseconds a hand-off. */
  public static void main(String[] arguments) throws Exception {
    String carried = arguments[0];
    Belay.run("first", () -> ""); // So that everything is woven by now.
    CountDownLatch end = new CountDownLatch(1);
    ThreadPoolExecutor pool = full(end);
    ForkJoinPool forks = new ForkJoinPool(1);
    print("hop", carried, () -> timed(() -> hops(pool)));
    print("stage", carried, () -> timed(CarryCpu::stages));
    print("fork", carried, () -> forks.submit(() -> timed(CarryCpu::forks)).get());
    System.out.println();
    end.countDown();
    pool.shutdown();
    forks.shutdown();
  }

  private static void print(String what, String carried, Callable<Double> batch) throws Exception {
    double least = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      least = Math.min(least, inside(carried, batch));
    }
    System.out.printf("%s %.1f  ", what, least);
  }

  private static double timed(Runnable batch) {
    long began = THREADS.getCurrentThreadCpuTime();
    batch.run();
    return (THREADS.getCurrentThreadCpuTime() - began) / (double) BATCH;
  }

  private static double inside(String carried, Callable<Double> batch) throws Exception {
    switch (carried) {
      case "run":
        return Belay.run("bench", batch);
      case "context":
        return Context.current().with(KEY, "bench").wrap(batch).call();
      case "value":
        VALUE.set("bench");
        try {
          return batch.call();
        } finally {
          VALUE.remove();
        }
      default:
        return batch.call();
    }
  }

  private static void hops(ThreadPoolExecutor pool) {
    for (int i = 0; i < BATCH; i++) {
      pool.execute(() -> done = 1);
    }
  }

  private static void stages() {
    for (int i = 0; i < BATCH; i++) {
      CompletableFuture<Integer> open = new CompletableFuture<>();
      open.thenApply(x -> done = x);
      open.complete(1);
    }
  }

  private static void forks() {
    for (int i = 0; i < BATCH; i++) {
      new Add().fork().join();
    }
  }

  /** Its tasks are done by the caller: no change of threads is measured. */
  private static ThreadPoolExecutor full(CountDownLatch end) throws InterruptedException {
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
