package io.belay.it.stop;

import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes what an agent found to a database. */
final class Store {
  private Store() {}

  /** One database for each key, which lives as long as the JVM. */
  private static Connection open(String key) throws SQLException {
    return DriverManager.getConnection("jdbc:h2:mem:" + key + ";DB_CLOSE_DELAY=-1");
  }

  private static void insert(Connection connection, int n) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      insert.setInt(1, n);
      insert.executeUpdate();
    }
  }

  /** Makes the table. Arguments: key. */
  static final class Create implements App {
    @Override
    public String run(String... args) throws SQLException {
      try (Connection connection = open(args[0]);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE t(n INT)");
      }
      return "";
    }
  }

  /** How many rows everybody can see. Arguments: key. */
  static final class Count implements App {
    @Override
    public String run(String... args) throws SQLException {
      try (Connection connection = open(args[0]);
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM t")) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  /** A transaction that takes its time before it is committed. Arguments: key. */
  static final class Transaction implements App {
    @Override
    public String run(String... args) throws SQLException {
      try (Connection connection = open(args[0])) {
        connection.setAutoCommit(false);
        insert(connection, 1);
        insert(connection, 2);
        Script.tell(args[0], "before commit");
        Script.await(args[0], "go on");
        connection.commit();
        return "committed";
      }
    }
  }

  /**
   * A transaction in the usual frame of a library: commits, rolls back on failure, and in any case
   * gives the connection back as it was. Tells what of its clean-up has run. Arguments: key, URL.
   */
  static final class Framed implements App {
    @Override
    public String run(String... args) throws SQLException {
      Connection connection = open(args[0]);
      try {
        connection.setAutoCommit(false);
        insert(connection, 1);
        Chat.ask(args[1]);
        connection.commit();
        return "committed";
      } catch (RuntimeException e) {
        connection.rollback();
        Script.tell(args[0], "rolled back");
        throw e;
      } finally {
        connection.setAutoCommit(true);
        Script.tell(args[0], "reset");
        connection.close();
        Script.tell(args[0], "closed: " + connection.isClosed());
      }
    }
  }

  /** Rows one by one, each its own transaction, with a pause for the test. Arguments: key. */
  static final class Rows implements App {
    @Override
    public String run(String... args) throws SQLException {
      try (Connection connection = open(args[0])) {
        insert(connection, 1);
        Script.tell(args[0], "first row");
        Script.await(args[0], "go on");
        insert(connection, 2);
        return "written";
      }
    }
  }
}
