package io.belay.bench;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

/** {@link CarryBenchmark} for virtual threads, Java 21 and later. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class VirtualThreadBenchmark {
  private static final int BATCH = 1000;

  /** As {@link CarryBenchmark#carried}. */
  @Param({"nothing", "run", "context", "value"})
  public String carried;

  private MethodHandle start;
  private ExecutorService perTask;
  private volatile int done;

  @Setup
  public void find() throws Exception {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    start =
        lookup.findStatic(
            Thread.class,
            "startVirtualThread",
            MethodType.methodType(Thread.class, Runnable.class));
    // Not there in Java 17, for which this is compiled.
    MethodType made = MethodType.methodType(ExecutorService.class);
    try {
      perTask =
          (ExecutorService)
              lookup
                  .findStatic(Executors.class, "newVirtualThreadPerTaskExecutor", made)
                  .invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    Carrying.report(carried, "start", this::started);
    Carrying.report(carried, "perTask", perTask::execute);
  }

  @TearDown
  public void end() {
    perTask.shutdown();
  }

  private Thread started(Runnable task) {
    try {
      return (Thread) start.invokeExact(task);
    } catch (Throwable thrown) {
      throw new IllegalStateException(thrown);
    }
  }

  /** A virtual thread is started and joined. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int start() throws Exception {
    return Carrying.inside(
        carried,
        () -> {
          for (int i = 0; i < BATCH; i++) {
            started(() -> done = 1).join();
          }
          return done;
        });
  }

  /** A task is given to an executor that starts one for each, and waited for. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int perTask() throws Exception {
    return Carrying.inside(
        carried,
        () -> {
          for (int i = 0; i < BATCH; i++) {
            perTask.submit(() -> done = 1).get();
          }
          return done;
        });
  }
}
