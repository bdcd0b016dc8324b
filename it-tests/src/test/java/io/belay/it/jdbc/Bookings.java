package io.belay.it.jdbc;

import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Applications that write bookings. Arguments: key, pool, URL, and what each adds. */
final class Bookings {
  private Bookings() {}

  /** Makes the table. */
  static final class Setup implements App {
    @Override
    public String run(String... args) throws Exception {
      try (Connection connection = Pools.of(args[1], args[2]).getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("drop table if exists booking");
        statement.execute("create table booking (who varchar(40))");
      }
      return "";
    }
  }

  /** Counts rows and tells in what state a borrowed connection is; writes one row of its own. */
  static final class Next implements App {
    @Override
    public String run(String... args) throws Exception {
      DataSource pool = Pools.of(args[1], args[2]);
      try (Connection connection = pool.getConnection()) {
        String state = connection.getAutoCommit() ? "" : " auto-commit leaked";
        connection.setAutoCommit(false);
        int rows = count(connection);
        insert(connection, "next");
        connection.commit();
        int more = count(connection);
        try (Statement statement = connection.createStatement()) {
          statement.execute("delete from booking where who = 'next'");
        }
        connection.commit();
        connection.setAutoCommit(true);
        return rows + (more == rows + 1 ? "" : " next refused") + state;
      }
    }
  }

  private static int count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from booking")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void insert(Connection connection, String who) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("insert into booking (who) values (?)")) {
      statement.setString(1, who);
      statement.executeUpdate();
    }
  }

  /** One transaction of two rows, paused at the moment in argument 3, ended as argument 4 says. */
  static final class Booking implements App {
    @Override
    public String run(String... args) throws Exception {
      pauseAt("borrow", args);
      Connection connection = Pools.of(args[1], args[2]).getConnection();
      try {
        connection.setAutoCommit(false);
        pauseAt("first", args);
        insert(connection, "a");
        pauseAt("second", args);
        insert(connection, "b");
        pauseAt("end", args);
        end(connection, args[4]);
        return "ended";
      } catch (RuntimeException | SQLException failed) {
        connection.rollback();
        throw failed;
      } finally {
        connection.setAutoCommit(true);
        connection.close();
        Script.tell(args[0], "cleaned");
      }
    }

    private static void end(Connection connection, String how) throws SQLException {
      switch (how) {
        case "commit" -> connection.commit();
        case "auto-commit" -> connection.setAutoCommit(true);
        case "text" -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("COMMIT");
          }
        }
        default -> connection.close();
      }
    }
  }

  private static void pauseAt(String moment, String... args) {
    if (args[3].equals(moment)) {
      Script.tell(args[0], moment);
      Script.await(args[0], "go on");
    }
  }

  /** One statement that lasts; argument 3 is its text. */
  static final class Long implements App {
    @Override
    public String run(String... args) throws Exception {
      try (Connection connection = Pools.of(args[1], args[2]).getConnection();
          Statement statement = connection.createStatement()) {
        Script.tell(args[0], "executing");
        try (ResultSet rows = statement.executeQuery(args[3])) {
          rows.next();
          return rows.getString(1);
        }
      }
    }
  }
}
