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
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * Transactions, each a run of its own, and stops that are let go at the same moment as their
 * commits. Who came too late gets a head start in the next race, twice as long each time in a row,
 * so that both win, whatever the machine. Arguments: key, pool, URL, how many. Answers for each
 * whether it was {@code +} committed or {@code -} refused, as the application saw it, and {@code 1}
 * or {@code 0} for its rows.
 */
final class Races implements App {
  private static final int FIRST_STEP = 50;
  private static final int LAST_STEP = 100_000;

  /** How long the stop waits; below 0, how long the commit does. */
  private int handicap;

  private int step = FIRST_STEP;
  private char last;

  @Override
  public String run(String... args) throws Exception {
    DataSource pool = Pools.of(args[1], args[2]);
    StringBuilder told = new StringBuilder();
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      String id = args[0] + '.' + i;
      char verdict;
      try {
        Belay.run(id, () -> race(pool, id));
        verdict = '+';
      } catch (RunStoppedException refused) {
        verdict = '-';
      }
      told.append(verdict).append(rows(pool, id));
      balance(verdict);
    }
    return told.toString();
  }

  private void balance(char verdict) {
    step = verdict == last ? Math.min(2 * step, LAST_STEP) : FIRST_STEP;
    handicap += verdict == '-' ? step : -step;
    last = verdict;
  }

  private Void race(DataSource pool, String id) throws Exception {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement =
          connection.prepareStatement("insert into booking (who) values (?)")) {
        statement.setString(1, id);
        statement.executeUpdate();
      }
      Run run = Belay.current();
      int wait = handicap;
      // Not a latch: a thread that waits would be woken by the stop.
      AtomicBoolean ready = new AtomicBoolean();
      Thread stopper =
          new Thread(
              () -> {
                ready.set(true);
                spin(wait);
                run.stop("race");
              });
      stopper.start();
      while (!ready.get()) {
        Thread.onSpinWait();
      }
      spin(-wait);
      connection.commit();
    }
    return null;
  }

  private static void spin(int turns) {
    for (int i = 0; i < turns; i++) {
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
