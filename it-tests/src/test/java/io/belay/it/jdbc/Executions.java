package io.belay.it.jdbc;

import io.belay.it.harness.App;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Each way in which JDBC executes a statement, taken once by a run that was stopped just before.
 * Arguments: key, URL. Answers what came of each: {@code refused} or {@code done}, and the rows
 * that are there at the end.
 */
final class Executions implements App {
  private static final String INSERT = "insert into execution values ('x')";

  private interface Execution {
    void in(Connection connection) throws SQLException;
  }

  private interface OnStatement {
    Object execute(Statement statement) throws SQLException;
  }

  private interface OnPrepared {
    Object execute(PreparedStatement statement) throws SQLException;
  }

  @Override
  public String run(String... args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[1])) {
      plain(statement -> statement.execute("drop table if exists execution")).in(connection);
      plain(statement -> statement.execute("create table execution (who varchar(40))"))
          .in(connection);
      StringJoiner told = new StringJoiner(", ");
      for (Map.Entry<String, Execution> way : ways().entrySet()) {
        told.add(way.getKey() + " " + outcome(args[0], connection, way.getValue()));
      }
      return told + ", rows " + rows(connection);
    }
  }

  private static Map<String, Execution> ways() {
    Map<String, Execution> ways = new LinkedHashMap<>();
    ways.put("text", plain(statement -> statement.execute(INSERT)));
    ways.put("text for keys", plain(statement -> statement.execute(INSERT, 1)));
    ways.put("update", plain(statement -> statement.executeUpdate(INSERT)));
    ways.put("update for keys", plain(statement -> statement.executeUpdate(INSERT, 1)));
    ways.put("large update", plain(statement -> statement.executeLargeUpdate(INSERT)));
    ways.put("batch", plain(Executions::batch));
    ways.put("large batch", plain(Executions::largeBatch));
    ways.put("prepared", prepared(PreparedStatement::execute));
    ways.put("prepared update", prepared(PreparedStatement::executeUpdate));
    ways.put("prepared large update", prepared(PreparedStatement::executeLargeUpdate));
    ways.put(
        "prepared batch",
        prepared(
            statement -> {
              statement.addBatch();
              return statement.executeBatch();
            }));
    ways.put(
        "called",
        connection -> {
          try (CallableStatement statement = connection.prepareCall(INSERT)) {
            statement.execute();
          }
        });
    return ways;
  }

  private static Object batch(Statement statement) throws SQLException {
    statement.addBatch(INSERT);
    return statement.executeBatch();
  }

  private static Object largeBatch(Statement statement) throws SQLException {
    statement.addBatch(INSERT);
    return statement.executeLargeBatch();
  }

  private static Execution plain(OnStatement execution) {
    return connection -> {
      try (Statement statement = connection.createStatement()) {
        execution.execute(statement);
      }
    };
  }

  private static Execution prepared(OnPrepared execution) {
    return connection -> {
      try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
        execution.execute(statement);
      }
    };
  }

  private static String outcome(String key, Connection connection, Execution way) throws Exception {
    try {
      Stops.run(
          key,
          () -> {
            Stops.stop();
            way.in(connection);
            return null;
          });
      return "done";
    } catch (RuntimeException refused) {
      if (Stops.isRefusal(refused)) {
        return "refused";
      }
      throw refused;
    }
  }

  private static int rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from execution")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
