package io.belay.it.jdbc;

import com.acme.jdbc.Conduit;
import com.acme.jdbc.Well;
import io.belay.it.harness.App;
import java.io.Reader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.PGCopyOutputStream;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/**
 * Work on a connection that is stopped in the middle of its run. Arguments: key, URL, what. Answers
 * what came of it: {@code done} or {@code refused}, rows afterwards, and whether the connection
 * serves.
 */
final class SideDoors implements App {
  @Override
  public String run(String... args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[1])) {
      execute(connection, "drop table if exists door");
      execute(connection, "create table door (who varchar(40))");
      String told = outcome(() -> Stops.run(args[0], work(connection, args)));
      if (!connection.getAutoCommit()) {
        told += ", then " + outcome(() -> commit(connection, args[2]));
        connection.rollback();
        connection.setAutoCommit(true);
      }
      return told + ", rows " + rows(connection);
    }
  }

  private static String outcome(Callable<?> work) throws Exception {
    try {
      work.call();
      return "done";
    } catch (RuntimeException refused) {
      if (Stops.isRefusal(refused)) {
        return "refused";
      }
      throw refused;
    }
  }

  private static Callable<?> work(Connection connection, String... args) throws SQLException {
    boolean postgres = args[1].startsWith("jdbc:postgresql:");
    PGConnection pg = postgres ? connection.unwrap(PGConnection.class) : null;
    return switch (args[2]) {
      case "copy of a stream" -> () -> pg.getCopyAPI().copyIn(COPY, new Stopping());
      case "copy in steps" -> () -> copyInSteps(pg.getCopyAPI());
      case "copy through a stream" -> () -> copyThrough(pg);
      case "copy committed by another" ->
          () -> {
            connection.setAutoCommit(false);
            pg.getCopyAPI().copyIn(COPY, new StringReader("x\n"));
            return stop();
          };
      case "large object" -> () -> largeObject(connection, pg);
      case "cursor" -> () -> fetch(connection);
      case "updatable row" -> () -> update(connection);
      case "tables" ->
          () -> {
            stop();
            connection.getMetaData().getTables(null, null, "door", null).close();
            return null;
          };
      case "savepoint" ->
          () -> {
            connection.setAutoCommit(false);
            stop();
            return connection.setSavepoint();
          };
      default ->
          () -> {
            connection.setAutoCommit(false);
            execute(connection, "insert into door values ('x')");
            return stop();
          };
    };
  }

  private static final String COPY = "copy door from stdin";

  private static Object stop() {
    return Stops.stop();
  }

  /** Whoever holds it next ends the transaction in this way. */
  private static Object commit(Connection connection, String way) throws SQLException {
    switch (way) {
      case "text" -> execute(connection, "/* by */ COMMIT");
      case "prepared" -> {
        try (PreparedStatement statement = connection.prepareStatement("COMMIT")) {
          statement.execute();
        }
      }
      case "batch" -> {
        try (Statement statement = connection.createStatement()) {
          statement.addBatch("COMMIT");
          statement.executeBatch();
        }
      }
      case "another run" ->
          runs(
              () -> {
                connection.commit();
                return null;
              });
      case "another thread" -> new OnThread().commit(connection);
      default -> connection.commit();
    }
    return null;
  }

  private static void runs(Callable<?> work) throws SQLException {
    try {
      Stops.run("another", work);
    } catch (RuntimeException | SQLException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class OnThread {
    private volatile Throwable thrown;

    void commit(Connection connection) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  connection.commit();
                } catch (SQLException | RuntimeException e) {
                  thrown = e;
                }
              });
      thread.start();
      while (thread.isAlive()) {
        Thread.onSpinWait();
      }
      if (thrown instanceof RuntimeException refused) {
        throw refused;
      }
    }
  }

  /** Stops its run before the third of its lines is read. */
  private static final class Stopping extends Reader {
    private int lines;

    @Override
    public int read(char[] into, int offset, int length) {
      lines++;
      if (lines == 3) {
        stop();
      }
      into[offset] = 'x';
      into[offset + 1] = '\n';
      return lines > 5 ? -1 : 2;
    }

    @Override
    public void close() {}
  }

  private static Object copyInSteps(CopyManager manager) throws SQLException {
    CopyIn copy = manager.copyIn(COPY);
    copy.writeToCopy(new byte[] {'x', '\n'}, 0, 2);
    stop();
    return copy.endCopy();
  }

  private static Object copyThrough(PGConnection pg) throws Exception {
    try (PGCopyOutputStream out = new PGCopyOutputStream(pg, COPY)) {
      out.write(new byte[] {'x', '\n'});
      return stop();
    }
  }

  private static Object largeObject(Connection connection, PGConnection pg) throws SQLException {
    connection.setAutoCommit(false);
    LargeObjectManager manager = pg.getLargeObjectAPI();
    try (LargeObject object = manager.open(manager.createLO())) {
      stop();
      object.write(new byte[] {1});
    }
    return null;
  }

  private static Object fetch(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(10);
      try (ResultSet rows = statement.executeQuery("select * from generate_series(1, 100)")) {
        for (int i = 1; rows.next(); i++) {
          if (i == 5) {
            stop();
          }
        }
      }
    }
    return null;
  }

  private static Object update(Connection connection) throws SQLException {
    execute(connection, "drop table door");
    execute(connection, "create table door (who varchar(40) primary key)");
    try (Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
        ResultSet rows = statement.executeQuery("select who from door")) {
      rows.moveToInsertRow();
      rows.updateString(1, "x");
      stop();
      rows.insertRow();
    }
    return null;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from door")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /**
   * A driver that nobody has heard of. Arguments: key, the URL of the one behind it, what. Answers
   * which class was asked first when the call was refused.
   */
  static final class Unheard implements App {
    @Override
    public String run(String... args) throws Exception {
      Conduit.register();
      String url = "jdbc:acme:" + args[1];
      DataSource well = new Well(args[1]);
      try (Connection connection =
          args[2].equals("own data source") || args[2].equals("well")
              ? well.getConnection()
              : DriverManager.getConnection(url)) {
        execute(connection, "create table if not exists door (who varchar(40))");
        connection.setAutoCommit(false);
        try (PreparedStatement prepared =
            connection.prepareStatement("insert into door values ('x')")) {
          return Stops.run(
              args[0],
              () -> {
                prepared.executeUpdate();
                stop();
                return asked(
                    () ->
                        switch (args[2]) {
                          case "prepared" -> prepared.executeUpdate();
                          case "plain" -> {
                            execute(connection, "insert into door values ('y')");
                            yield null;
                          }
                          case "well" -> well.getConnection();
                          case "driver" -> new Conduit().connect(url, new Properties());
                          case "rows" -> prepared.executeQuery();
                          default -> {
                            connection.commit();
                            yield null;
                          }
                        });
              });
        } finally {
          connection.rollback();
        }
      }
    }

    private static String asked(Callable<?> call) throws Exception {
      try {
        call.call();
        return "done";
      } catch (RuntimeException refused) {
        return refused.getStackTrace()[0].getClassName().replaceFirst(".*\\.", "");
      } catch (SQLException control) {
        return "done"; // As when no rows are returned.
      }
    }
  }
}
