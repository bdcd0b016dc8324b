package com.acme.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A statement; what has a text of its own is done by another one behind it. */
final class Asked extends Question {
  private final Session session;
  private final Statement plain;

  Asked(Session session, PreparedStatement prepared, Statement plain) {
    super(prepared);
    this.session = session;
    this.plain = plain;
  }

  @Override
  public Connection getConnection() {
    return session;
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    return plain.execute(sql);
  }

  @Override
  public int executeUpdate(String sql) throws SQLException {
    return plain.executeUpdate(sql);
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    return plain.executeQuery(sql);
  }
}
