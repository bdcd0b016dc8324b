package com.acme.jdbc;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** A connection. */
final class Session extends Link {
  Session(Connection inner) {
    super(inner);
  }

  private Statement ask() throws SQLException {
    return new Asked(this, inner.prepareStatement("select 1"), inner.createStatement());
  }

  private PreparedStatement ask(String sql) throws SQLException {
    PreparedStatement prepared = inner.prepareStatement(sql);
    return new Asked(this, prepared, prepared);
  }

  @Override
  public Statement createStatement() throws SQLException {
    return ask();
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    return ask();
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    return ask();
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    return ask(sql);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int keys) throws SQLException {
    return ask(sql);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
    return ask(sql);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
    return ask(sql);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    return ask(sql);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    return ask(sql);
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    return inner.prepareCall(sql);
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    return inner.prepareCall(sql);
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    return inner.prepareCall(sql);
  }
}
