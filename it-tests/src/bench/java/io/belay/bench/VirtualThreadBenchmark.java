package io.belay.bench;

import com.alibaba.ttl.TransmittableThreadLocal;
import io.belay.api.Belay;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Callable;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to carry something into a virtual thread that is started and waited for, beside
 * {@link CarryBenchmark}. Java 21 and later.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class VirtualThreadBenchmark {
  private static final int BATCH = 1000;
  private static final ContextKey<String> KEY = ContextKey.named("bench");
  private static final TransmittableThreadLocal<String> VALUE = new TransmittableThreadLocal<>();

  /** What is carried: nothing, a run, a context of OpenTelemetry's, a value of TTL's. */
  @Param({"nothing", "run", "context", "value"})
  public String carried;

  private MethodHandle start;
  private volatile int done;

  @Setup
  public void find() throws Exception {
    Belay.run("first", () -> ""); // So that everything is woven by now.
    start =
        MethodHandles.lookup()
            .findStatic(
                Thread.class,
                "startVirtualThread",
                MethodType.methodType(Thread.class, Runnable.class));
  }

  private int threads() throws Exception {
    for (int i = 0; i < BATCH; i++) {
      try {
        ((Thread) start.invokeExact((Runnable) () -> done = 1)).join();
      } catch (Exception | Error thrown) {
        throw thrown;
      } catch (Throwable thrown) {
        throw new IllegalStateException(thrown);
      }
    }
    return done;
  }

  /** A virtual thread is started and joined. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int start() throws Exception {
    Callable<Integer> batch = this::threads;
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
}
