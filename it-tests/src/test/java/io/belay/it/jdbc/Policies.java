package io.belay.it.jdbc;

import io.belay.api.Belay;
import io.belay.api.Run;
import io.belay.it.harness.App;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;

/** What passes after a stop and what does not. Arguments: a URL, and what each adds. */
final class Policies {
  private Policies() {}

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String told(Callable<?> work) throws Exception {
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

  /** What is there: names in order. */
  static final class Rows implements App {
    @Override
    public String run(String... args) throws Exception {
      try (Connection connection = DriverManager.getConnection(args[0]);
          Statement statement = connection.createStatement()) {
        statement.execute("create table if not exists booking (who varchar(40))");
        StringBuilder names = new StringBuilder();
        try (ResultSet rows = statement.executeQuery("select who from booking order by who")) {
          while (rows.next()) {
            names.append(names.isEmpty() ? "" : ", ").append(rows.getString(1));
          }
        }
        return names.toString();
      }
    }
  }

  /** Stops its run and goes on with values in its statements; argument 1 is a secret. */
  static final class Observed implements App {
    @Override
    public String run(String... args) throws Exception {
      try (Connection connection = DriverManager.getConnection(args[0]);
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        Stops.stop();
        for (int i = 0; i < 2; i++) {
          statement.executeUpdate(
              "insert into booking (who) values ('" + args[1] + (i == 0 ? "" : "-again") + "')");
        }
        statement.executeQuery("select * from booking where who = '" + args[1] + "'").close();
        connection.commit();
      }
      return "done";
    }
  }

  /** After the stop of its run: writes, reads, asks about tables, and lets the bookkeeper write. */
  static final class Cleaning implements App {
    @Override
    public String run(String... args) throws Exception {
      String url = args[0];
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        Stops.stop();
        return "write "
            + told(() -> statement.executeUpdate("insert into booking values ('written')"))
            + ", read "
            + told(() -> statement.executeQuery("select count(*) from booking"))
            + ", tables "
            + told(() -> connection.getMetaData().getTables(null, null, "BOOKING", null))
            + ", product "
            + told(() -> connection.getMetaData().getDatabaseProductName())
            + ", bookkeeper "
            + told(() -> Bookkeeper.note(url));
      }
    }
  }

  /** Whose work goes through after a stop, if the configuration says so. */
  static final class Bookkeeper {
    private Bookkeeper() {}

    static String note(String url) throws SQLException {
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.executeUpdate("insert into booking values ('noted')");
        statement.executeQuery("select count(*) from booking").close();
        connection.commit();
        return "noted";
      }
    }
  }

  /** Stages two writes around one that throws, in a run that ends as argument 2 says. */
  static final class Staging implements App {
    @Override
    public String run(String... args) throws Exception {
      String url = args[0];
      return told(
          () ->
              Belay.run(
                  args[1],
                  () -> {
                    Run run = Belay.current();
                    run.onCompletion(() -> write(url, args[2] + " first"));
                    run.onCompletion(
                        () -> {
                          throw new IllegalStateException("meant");
                        });
                    run.onCompletion(() -> write(url, args[2] + " second"));
                    if (args[2].equals("stopped")) {
                      run.stop("here");
                    }
                    return args[2];
                  }));
    }

    private static void write(String url, String who) {
      try {
        execute(url, "insert into booking values ('" + who + "')");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
