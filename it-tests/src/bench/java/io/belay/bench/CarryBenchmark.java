package io.belay.bench;

import com.alibaba.ttl.TransmittableThreadLocal;
import io.belay.api.Belay;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What it costs to carry a run, a span's context or a transmittable value over a hand-off. The
 * agent is chosen with {@code -jvmArgsAppend "-javaagent:..."}.
 *
 * <p>Pools are full, and their rejected tasks are done by the caller: so the whole path of a
 * hand-off is measured but no change of threads, whose cost varies a hundred times as much.
 */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class CarryBenchmark {
  private static final int BATCH = 1000;
  private static final ContextKey<String> KEY = ContextKey.named("bench");
  private static final TransmittableThreadLocal<String> VALUE = new TransmittableThreadLocal<>();

  /** What is carried: nothing, a run, a context of OpenTelemetry's, a value of TTL's. */
  @Param({"nothing", "run", "context", "value"})
  public String carried;

  private final CountDownLatch end = new CountDownLatch(1);
  private ThreadPoolExecutor pool;
  private ForkJoinPool forks;
  private Scheduler scheduler;
  private int done;

  @Setup
  public void fill() throws Exception {
    Belay.run("first", () -> ""); // So that everything is woven by now.
    pool =
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
    forks = new ForkJoinPool(1);
    scheduler = Schedulers.fromExecutor(pool);
  }

  @TearDown
  public void release() {
    end.countDown();
    pool.shutdown();
    forks.shutdown();
  }

  private int inside(Callable<Integer> batch) throws Exception {
    switch (carried) {
      case "run":
        return Belay.run("bench", batch);
      case "context":
        try (Scope scope = Context.current().with(KEY, "bench").makeCurrent()) {
          return batch.call();
        }
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

  /** A task goes through a thread pool. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int hop() throws Exception {
    return inside(
        () -> {
          for (int i = 0; i < BATCH; i++) {
            pool.execute(() -> done++);
          }
          return done;
        });
  }

  /** A stage is registered and done. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int stage() throws Exception {
    return inside(
        () -> {
          for (int i = 0; i < BATCH; i++) {
            CompletableFuture<Integer> open = new CompletableFuture<>();
            open.thenApply(x -> done += x);
            open.complete(1);
          }
          return done;
        });
  }

  /** A task is forked and joined by a worker. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int fork() throws Exception {
    return inside(
        () ->
            forks
                .submit(
                    () -> {
                      for (int i = 0; i < BATCH; i++) {
                        new Add().fork().join();
                      }
                      return done;
                    })
                .get());
  }

  /** A task goes through a scheduler of Reactor's. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int reactor() throws Exception {
    return inside(
        () -> {
          for (int i = 0; i < BATCH; i++) {
            scheduler.schedule(() -> done++);
          }
          return done;
        });
  }

  private final class Add extends RecursiveAction {
    private static final long serialVersionUID = 1;

    @Override
    protected void compute() {
      done++;
    }
  }
}
