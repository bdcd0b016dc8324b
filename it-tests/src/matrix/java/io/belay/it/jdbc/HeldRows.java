package io.belay.it.jdbc;

import io.belay.it.harness.App;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Changes a row through a cursor in auto-commit, and is stopped before it closes that. Arguments:
 * key, pool, URL, what closes it. Answers what the next row was, and what the table has afterwards.
 */
final class HeldRows implements App {
  @Override
  public String run(String... args) throws Exception {
    DataSource pool = Pools.of(args[1], args[2]);
    String told = "";
    try (Connection connection = pool.getConnection()) {
      execute(connection, "create table held (who int)");
      execute(connection, "insert into held values (0)");
      execute(connection, "insert into held values (0)");
      told = Stops.run(args[0], () -> change(connection, args[3]));
      told += connection.getAutoCommit() ? "" : ", auto-commit off";
    }
    try (Connection next = pool.getConnection()) {
      execute(next, "insert into held values (10)");
      next.setAutoCommit(false);
      execute(next, "insert into held values (100)");
      next.commit();
      next.setAutoCommit(true);
      try (Statement statement = next.createStatement();
          ResultSet rows = statement.executeQuery("select sum(who) from held")) {
        rows.next();
        told += ", sum " + rows.getInt(1);
      }
      execute(next, "drop table held");
    }
    return told;
  }

  private static String change(Connection connection, String how) throws SQLException {
    String told = "";
    Statement statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE);
    try {
      ResultSet rows = statement.executeQuery("select who from held for update");
      rows.next();
      rows.updateInt(1, 1);
      rows.updateRow();
      if (how.equals("closed before")) {
        rows.close();
      }
      Stops.stop();
      if (how.equals("next")) {
        rows.next();
      }
      if (!how.equals("statement")) {
        rows.close();
      }
      told = "done";
    } catch (RuntimeException refused) {
      told = refused.getMessage().replaceFirst(".*refused", "refused");
    } finally {
      statement.close();
    }
    return told;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
