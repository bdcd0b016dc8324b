package io.belay.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The processor time of Java's threads for each operation, {@code -prof io.belay.bench.CpuTime}: on
 * a machine that has other things to do, the time on the wall says little. The compiler's and the
 * collector's own threads are left out.
 */
public final class CpuTime implements InternalProfiler {
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private long before;

  @Override
  public String getDescription() {
    return "processor time of Java's threads for each operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams ofAll, IterationParams ofThis) {
    before = spent();
  }

  @Override
  @SuppressWarnings("rawtypes") // As JMH declares it.
  public Collection<? extends Result> afterIteration(
      BenchmarkParams ofAll, IterationParams ofThis, IterationResult result) {
    double each = (double) (spent() - before) / result.getMetadata().getAllOps();
    return List.of(new ScalarResult("cpu", each, "ns/op", AggregationPolicy.AVG));
  }

  private long spent() {
    long all = 0;
    for (long thread : threads.getAllThreadIds()) {
      all += Math.max(0, threads.getThreadCpuTime(thread));
    }
    return all;
  }
}
