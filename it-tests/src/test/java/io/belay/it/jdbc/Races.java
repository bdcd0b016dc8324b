package io.belay.it.jdbc;

import io.belay.api.Belay;
import io.belay.api.Run;
import io.belay.api.RunStoppedException;
import io.belay.it.harness.App;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * Transactions, each a run of its own, and stops that are let go at the same moment as their
 * commits. Arguments: key, pool, URL, how many. Answers for each whether it was {@code +} committed
 * or {@code -} refused, as the application saw it, and {@code 1} or {@code 0} for its rows.
 */
final class Races implements App {
  @Override
  public String run(String... args) throws Exception {
    DataSource pool = Pools.of(args[1], args[2]);
    StringBuilder told = new StringBuilder();
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      String id = args[0] + '.' + i;
      try {
        Belay.run(id, () -> race(pool, id));
        told.append('+');
      } catch (RunStoppedException refused) {
        told.append('-');
      }
      told.append(rows(pool, id));
    }
    return told.toString();
  }

  private static Void race(DataSource pool, String id) throws Exception {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement =
          connection.prepareStatement("insert into booking (who) values (?)")) {
        statement.setString(1, id);
        statement.executeUpdate();
      }
      Run run = Belay.current();
      // Not a latch: a thread that waits would be woken by the stop.
      AtomicBoolean ready = new AtomicBoolean();
      Thread stopper = new Thread(() -> stop(run, ready));
      stopper.start();
      while (!ready.get()) {
        Thread.onSpinWait();
      }
      spin();
      connection.commit();
    }
    return null;
  }

  private static void stop(Run run, AtomicBoolean ready) {
    ready.set(true);
    spin();
    run.stop("race");
  }

  private static void spin() {
    for (int i = ThreadLocalRandom.current().nextInt(20_000); i > 0; i--) {
      Thread.onSpinWait();
    }
  }

  private static int rows(DataSource pool, String who) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select count(*) from booking where who = '" + who + "'")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
