package io.belay.it.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;

/** The pools of a forked JVM, each of one connection, made when first asked for. */
final class Pools {
  private static final Map<String, DataSource> POOLS = new HashMap<>(); // Guarded by itself.

  private Pools() {}

  static DataSource of(String kind, String url) {
    synchronized (POOLS) {
      DataSource pool = POOLS.get(kind + ' ' + url);
      if (pool == null) {
        pool = make(kind, url); // Which may ask for the one that it wraps.
        POOLS.put(kind + ' ' + url, pool);
      }
      return pool;
    }
  }

  private static DataSource make(String kind, String url) {
    return switch (kind) {
      case "hikari" -> hikari(url);
      case "dbcp" -> dbcp(url);
      case "tomcat" -> tomcat(url);
      case "none" -> new Unpooled(url);
      default -> other(kind, url);
    };
  }

  /** A pool that is on some class paths only, by the name of the class that makes it. */
  private static DataSource other(String name, String url) {
    try {
      return Class.forName(name)
          .asSubclass(Maker.class)
          .getDeclaredConstructor()
          .newInstance()
          .make(url);
    } catch (ReflectiveOperationException | SQLException e) {
      throw new IllegalStateException(name, e);
    }
  }

  /** Makes a pool of one connection. */
  interface Maker {
    /** Makes it. */
    DataSource make(String url) throws SQLException;
  }

  static DataSource hikari(String url) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(url);
    pool.setMaximumPoolSize(1);
    return pool;
  }

  static DataSource dbcp(String url) {
    BasicDataSource pool = new BasicDataSource();
    pool.setUrl(url);
    pool.setMaxTotal(1);
    return pool;
  }

  static DataSource tomcat(String url) {
    org.apache.tomcat.jdbc.pool.DataSource pool = new org.apache.tomcat.jdbc.pool.DataSource();
    pool.setUrl(url);
    pool.setDriverClassName(driver(url));
    pool.setMaxActive(1);
    pool.setMaxIdle(1);
    pool.setMinIdle(0);
    pool.setInitialSize(0);
    return pool;
  }

  private static String driver(String url) {
    try {
      return DriverManager.getDriver(url).getClass().getName();
    } catch (SQLException e) {
      throw new IllegalStateException(url, e);
    }
  }

  /** No pool: each connection is the driver's own. */
  private record Unpooled(String url) implements DataSource {
    @Override
    public Connection getConnection() throws SQLException {
      return DriverManager.getConnection(url);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return DriverManager.getConnection(url, user, password);
    }

    @Override
    public PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
