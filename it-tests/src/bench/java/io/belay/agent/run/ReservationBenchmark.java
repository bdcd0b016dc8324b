package io.belay.agent.run;

import io.belay.agent.rule.Limit;
import io.belay.agent.rule.Limits;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a call sets aside in a run, three runs above it and the JVM, each with limits; and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReservationBenchmark {
  private final Budget fifth = level(level(level(level(level(null)))));
  private final Reservation.Need need = new Reservation.Need(1000, 500, 2_500, 10_000, 0);

  private static Budget level(Budget above) {
    Map<Limit, Long> limits = new EnumMap<>(Limit.class);
    limits.put(Limit.OUTPUT_TOKENS, Long.MAX_VALUE / 4);
    limits.put(Limit.COST_USD, Long.MAX_VALUE / 4);
    return new Budget("", null, above, new Limits(limits));
  }

  /** Sets aside, and gives it back. */
  @Benchmark
  public long reserveAndRelease() {
    Budget.Grant grant = fifth.reserve(need, 32, 1);
    fifth.release(new Reservation(fifth, need, grant.output(), grant.tight()));
    return grant.output();
  }
}
