package io.belay.it.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** JDBC by hand. */
final class PlainStyle implements Style {
  @Override
  public void transaction(DataSource pool, Body body) throws Exception {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        body.in(new OnConnection(connection));
        connection.commit();
      } catch (RuntimeException | SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  /** Statements made by hand on a connection that a framework may have borrowed. */
  record OnConnection(Connection connection) implements Writer {
    @Override
    public void insert(String who) throws SQLException {
      try (PreparedStatement statement =
          connection.prepareStatement("insert into booking (who) values (?)")) {
        statement.setString(1, who);
        statement.executeUpdate();
      }
    }

    @Override
    public void query(String sql) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
      }
    }
  }
}
