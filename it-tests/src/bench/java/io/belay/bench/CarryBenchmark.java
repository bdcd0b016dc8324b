package io.belay.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What it costs to carry a run, a span's context or a transmittable value over a hand-off. The
 * agent is chosen with {@code -jvmArgsAppend "-javaagent:..."}. Each fork says first over which
 * hand-offs the thing arrives at all.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class CarryBenchmark {
  static final int BATCH = 1000;

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
    pool = Carrying.fullPool(end);
    forks = new ForkJoinPool(1);
    scheduler = Schedulers.fromExecutor(pool);
    Carrying.report(carried, "hop", pool::execute);
    reportStage(carried);
    Carrying.report(carried, "fork", task -> forks.submit(task).get());
    Carrying.report(carried, "reactor", scheduler::schedule);
  }

  @TearDown
  public void release() {
    end.countDown();
    pool.shutdown();
    forks.shutdown();
  }

  /** By a thread that was there before: over another hand-off it might come to the same. */
  private static void reportStage(String carried) throws Exception {
    CompletableFuture<Object> open = new CompletableFuture<>();
    CountDownLatch registered = new CountDownLatch(1);
    Thread completer =
        new Thread(
            () -> {
              try {
                registered.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              open.complete("");
            });
    completer.start();
    Carrying.report(
        carried,
        "stage",
        task -> {
          open.thenRun(task);
          registered.countDown();
        });
  }

  /** A task goes through a thread pool. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int hop() throws Exception {
    return Carrying.inside(
        carried,
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
    return Carrying.inside(
        carried,
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
    return Carrying.inside(
        carried,
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
    return Carrying.inside(
        carried,
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
