package io.belay.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Callable;

/**
 * {@link CarryBenchmark} in processor time, for a machine that is busy with other things; a fork is
 * left out, since another thread does most of it. Run it in turns without an agent and with each,
 * with {@code -javaagent:...} and one of {@code nothing}, {@code run}, {@code context}, {@code
 * value}; compare the least values.
 */
public final class CarryCpu {
  private static final int ROUNDS = 200;
  private static final int BATCHES = 100;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CarryCpu() {}

  /** Prints one line, of nanoseconds a hand-off. */
  public static void main(String[] arguments) throws Exception {
    CarryBenchmark benchmark = new CarryBenchmark();
    benchmark.carried = arguments[0];
    benchmark.fill();
    print("hop", benchmark::hop);
    print("stage", benchmark::stage);
    print("reactor", benchmark::reactor);
    System.out.println();
    benchmark.release();
  }

  private static void print(String what, Callable<Integer> batch) throws Exception {
    double least = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long began = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < BATCHES; i++) {
        batch.call();
      }
      long took = THREADS.getCurrentThreadCpuTime() - began;
      least = Math.min(least, took / (double) (BATCHES * CarryBenchmark.BATCH));
    }
    System.out.printf("%s %.1f  ", what, least);
  }
}
