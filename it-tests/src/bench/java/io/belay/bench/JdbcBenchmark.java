package io.belay.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@code SELECT 1} on H2 in memory: the cheapest statement there is, so the one on which a boundary
 * weighs most. The agent, or none, is chosen with JMH's {@code -jvmArgsAppend "-javaagent:..."}.
 * How the compiler's luck falls differs by a tenth from one process to the next, so many forks of
 * each in turns are what says something.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class JdbcBenchmark {
  /**
   * What kind of program asks. H2 iterates over hash sets at each statement. The compiler does that
   * better in a program that has never iterated over a linked one: such is a benchmark that does
   * nothing else, in a JVM without an agent, and no real program. With any agent, an empty one
   * included, the JDK does so while it looks for drivers. So the first is to be compared, and the
   * second shows what a JVM has with any agent.
   */
  @Param({"ordinary", "bare"})
  public String program;

  private Connection connection;
  private PreparedStatement prepared;

  @Setup
  public void connect() throws SQLException {
    if (program.equals("ordinary")) {
      iterateLinkedSets();
    }
    connection = DriverManager.getConnection("jdbc:h2:mem:bench");
    prepared = connection.prepareStatement("SELECT 1");
  }

  private static void iterateLinkedSets() {
    int seen = 0;
    for (int i = 0; i < 3_000; i++) {
      for (Object one : new LinkedHashSet<>(List.of(i))) {
        seen += one.hashCode();
      }
    }
    if (seen < 0) {
      throw new IllegalStateException();
    }
  }

  @TearDown
  public void close() throws SQLException {
    connection.close();
  }

  /** Prepared once, executed over and over. */
  @Benchmark
  public int prepared() throws SQLException {
    try (ResultSet rows = prepared.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** As most code does it: prepared, executed and closed each time. */
  @Benchmark
  public int preparedEachTime() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT 1");
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
