package com.acme.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * A database of which one sees interfaces alone: its driver, its data source, its connections and
 * its statements are each nothing but a {@link Proxy}. A statement that is executed is a row.
 */
public final class Sham {
  private final List<String> committed = new ArrayList<>();

  /** How it is reached through {@code DriverManager}. */
  public Driver driver(String url) {
    return of(
        Driver.class,
        (self, method, args) ->
            switch (method.getName()) {
              case "connect" -> args[0].equals(url) ? new Session().connection : null;
              case "acceptsURL" -> args[0].equals(url);
              default -> ofObject(self, method.getName(), args);
            });
  }

  /** How it is reached otherwise. */
  public DataSource dataSource() {
    return of(
        DataSource.class,
        (self, method, args) ->
            method.getName().equals("getConnection")
                ? new Session().connection
                : ofObject(self, method.getName(), args));
  }

  /** What has been committed. */
  public synchronized List<String> rows() {
    return List.copyOf(committed);
  }

  private synchronized void commit(List<String> rows) {
    committed.addAll(rows);
    rows.clear();
  }

  private final class Session {
    private final List<String> open = new ArrayList<>();
    private boolean autoCommit = true;

    final Connection connection =
        of(
            Connection.class,
            (self, method, args) -> {
              switch (method.getName()) {
                case "createStatement", "prepareStatement" -> {
                  return statement((Connection) self, args == null ? null : (String) args[0]);
                }
                case "getAutoCommit" -> {
                  return autoCommit;
                }
                case "setAutoCommit" -> {
                  commit(open);
                  autoCommit = (Boolean) args[0];
                }
                case "commit" -> commit(open);
                case "rollback", "close" -> open.clear();
                case "isClosed" -> {
                  return false;
                }
                case "unwrap" -> throw new SQLException("wraps nothing");
                default -> {
                  return ofObject(self, method.getName(), args);
                }
              }
              return null;
            });

    private Statement statement(Connection connection, String prepared) {
      return of(
          PreparedStatement.class,
          (self, method, args) -> {
            if (method.getName().startsWith("execute")) {
              open.add(args == null ? prepared : (String) args[0]);
              if (autoCommit) {
                commit(open);
              }
              return method.getName().equals("execute") ? (Object) false : 1;
            }
            return method.getName().equals("getConnection")
                ? connection
                : ofObject(self, method.getName(), args);
          });
    }
  }

  private static Object ofObject(Object self, String method, Object[] args) {
    return switch (method) {
      case "equals" -> self == args[0];
      case "hashCode" -> System.identityHashCode(self);
      case "toString" -> "sham";
      default -> null;
    };
  }

  private static <T> T of(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(Sham.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
