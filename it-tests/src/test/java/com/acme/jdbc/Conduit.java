package com.acme.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

/** The driver: {@code jdbc:acme:} and the URL of the one behind it. */
public final class Conduit implements Driver {
  private static final String PREFIX = "jdbc:acme:";

  /** Makes {@link DriverManager} know it. */
  public static void register() throws SQLException {
    DriverManager.registerDriver(new Conduit());
  }

  @Override
  public Connection connect(String url, Properties properties) throws SQLException {
    return acceptsURL(url) ? open(url.substring(PREFIX.length())) : null;
  }

  static Connection open(String behind) throws SQLException {
    return new Session(DriverManager.getConnection(behind));
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(PREFIX);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }
}
