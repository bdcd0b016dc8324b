package io.belay.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * {@code SELECT 1} as in {@link JdbcBenchmark}, in processor time: for a machine that is busy with
 * other things, where wall time says nothing. Run it in turns without an agent and with each, with
 * {@code -javaagent:...} and H2 on the class path; compare the least values.
 */
public final class JdbcCpu {
  private static final int STATEMENTS = 20_000;
  private static final int ROUNDS = 250;

  private static int sink;

  private JdbcCpu() {}

  /** Prints nanoseconds of one statement: the least and the median of the later rounds. */
  public static void main(String[] ignored) throws SQLException {
    // H2 iterates over hash sets. The compiler does that better in a program that has never seen a
    // linked one, which no real program is.
    for (int i = 0; i < 3_000; i++) {
      for (Object one : new LinkedHashSet<>(List.of(i))) {
        sink += one.hashCode();
      }
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double[] nanos = new double[ROUNDS];
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:bench");
        PreparedStatement prepared = connection.prepareStatement("SELECT 1")) {
      for (int round = 0; round < ROUNDS; round++) {
        long start = threads.getCurrentThreadCpuTime();
        execute(prepared);
        nanos[round] = (threads.getCurrentThreadCpuTime() - start) / (double) STATEMENTS;
      }
    }
    double[] warm = Arrays.copyOfRange(nanos, ROUNDS / 2, ROUNDS);
    Arrays.sort(warm);
    System.out.printf("least %.1f ns, median %.1f ns%n", warm[0], warm[warm.length / 2]);
  }

  private static void execute(PreparedStatement prepared) throws SQLException {
    for (int i = 0; i < STATEMENTS; i++) {
      try (ResultSet rows = prepared.executeQuery()) {
        rows.next();
        sink += rows.getInt(1);
      }
    }
  }
}
