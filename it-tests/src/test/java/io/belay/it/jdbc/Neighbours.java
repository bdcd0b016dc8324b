package io.belay.it.jdbc;

import io.belay.api.Belay;
import io.belay.api.Run;
import io.belay.api.RunStoppedException;
import io.belay.it.harness.App;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * One connection that serves in turn a run which is stopped in its statement, and somebody who is
 * not. The statement ends about when it is cancelled, so a cancel that came late would hit what
 * follows. Arguments: key, pool, URL, how many statements follow in all. Answers how many were
 * cancelled; throws when one that follows fails.
 */
final class Neighbours implements App {
  private static final int FOLLOWING = 100;

  @Override
  public String run(String... args) throws Exception {
    DataSource pool = Pools.of(args[1], args[2]);
    String sleep = args[2].startsWith("jdbc:postgresql:") ? "pg_sleep" : "sleep";
    int cancelled = 0;
    for (int i = 0; i < Integer.parseInt(args[3]) / FOLLOWING; i++) {
      // The first is cancelled for sure, the others when chance has it so.
      double seconds = i == 0 ? 60 : ThreadLocalRandom.current().nextDouble(0.24, 0.28);
      try {
        Belay.run(args[0] + '.' + i, () -> stopped(pool, "select " + sleep + '(' + seconds + ')'));
      } catch (RunStoppedException ended) {
        cancelled++;
      }
      for (int j = 0; j < FOLLOWING; j++) {
        query(pool, "select 1");
      }
    }
    return String.valueOf(cancelled);
  }

  private static Void stopped(DataSource pool, String lasting) throws SQLException {
    Run run = Belay.current();
    Thread stopper =
        new Thread(
            () -> {
              LockSupport.parkNanos(20_000_000);
              run.stop("neighbour");
            });
    stopper.start();
    query(pool, lasting);
    return null;
  }

  private static void query(DataSource pool, String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
    }
  }
}
