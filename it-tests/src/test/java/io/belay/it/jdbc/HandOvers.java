package io.belay.it.jdbc;

import io.belay.it.harness.App;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Connections that leave a stopped run with work of it, each in a way of its own; arguments: key,
 * pool, URL, the way. Answers what the run heard and what the next borrower finds and commits.
 */
final class HandOvers implements App {
  @Override
  public String run(String... args) throws Exception {
    DataSource pool = Pools.of(args[1], args[2]);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists booking");
      statement.execute("create table booking (who varchar(40))");
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
    }
    String told = "done";
    try {
      Stops.run(args[0] + ".writer", () -> write(pool, args[3]));
    } catch (RuntimeException | SQLException failed) {
      told = Stops.isRefusal(failed) ? "refused" : failed.toString();
    }
    return told + next(pool);
  }

  private static Object write(DataSource pool, String way) throws Exception {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      insert(way.equals("wrapped") ? wrapped(wrapped(connection)) : connection, "run");
      if (way.equals("returned open")) {
        connection.close();
      }
      Stops.stop();
      switch (way) {
        case "reset" -> connection.setAutoCommit(true);
        case "commit" -> connection.commit();
        case "abort" -> connection.abort(Runnable::run);
        case "wrapped" -> wrapped(wrapped(connection)).commit();
        default -> connection.close();
      }
      return null;
    }
  }

  /** Whether in auto-commit or not, writes a row and sees that it stays. */
  private static String next(DataSource pool) throws SQLException {
    StringBuilder found = new StringBuilder();
    try (Connection connection = pool.getConnection()) {
      found.append(connection.getAutoCommit() ? "" : ", auto-commit off");
      insert(connection, "next");
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
    }
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select who from booking order by who")) {
      while (rows.next()) {
        found.append(", ").append(rows.getString(1));
      }
      if (!connection.getAutoCommit()) {
        connection.setAutoCommit(true);
      }
    }
    return found.toString();
  }

  private static void insert(Connection connection, String who) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("insert into booking (who) values (?)")) {
      statement.setString(1, who);
      statement.executeUpdate();
    }
  }

  /** As a tracing library or a manager of transactions shows it. */
  private static Connection wrapped(Connection connection) {
    InvocationHandler handler =
        (proxy, method, args) -> {
          try {
            return method.invoke(connection, args);
          } catch (InvocationTargetException failed) {
            throw failed.getCause();
          }
        };
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
  }
}
