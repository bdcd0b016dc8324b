package io.belay.it.jdbc;

import io.belay.api.Belay;
import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Applications that book in any style, on any database. Arguments: key, pool, URL, and more. */
final class Moments {
  private Moments() {}

  /** Makes the table; argument 3 may be a trigger that makes commits of a row "slow" wait. */
  static final class Setup implements App {
    @Override
    public String run(String... args) throws SQLException {
      try (Connection connection = Pools.of(args[1], args[2]).getConnection();
          Statement statement = connection.createStatement()) {
        try {
          statement.execute("drop table booking");
        } catch (SQLException absent) {
          // It is the first time here.
        }
        statement.execute("create table booking (who varchar(40) not null)");
        for (int i = 3; i < args.length; i++) {
          statement.execute(args[i]);
        }
      }
      return "";
    }
  }

  /** A transaction of two rows or three; arguments: style, moment of the stop, a long query. */
  static final class Booking implements App {
    @Override
    public String run(String... args) throws Exception {
      DataSource pool = Pools.of(args[1], args[2]);
      String moment = args[4];
      try {
        style(args[3])
            .transaction(
                pool,
                writer -> {
                  stopIf(moment.equals("first"));
                  writer.insert("a");
                  stopIf(moment.equals("second"));
                  writer.insert("b");
                  if (moment.equals("long")) {
                    Script.tell(args[0], "executing");
                    writer.query(args[5]);
                  }
                  if (moment.equals("commit")) {
                    writer.insert("slow");
                    Script.tell(args[0], "written");
                    Script.await(args[0], "commit");
                  }
                  stopIf(moment.equals("end"));
                });
        return "ended";
      } finally {
        Script.tell(args[0], "cleaned");
      }
    }

    private static Style style(String name) throws ReflectiveOperationException {
      return Class.forName(name).asSubclass(Style.class).getDeclaredConstructor().newInstance();
    }

    private static void stopIf(boolean now) {
      if (now) {
        Belay.current().stop("here");
      }
    }
  }

  /**
   * What the next borrower finds: the rows, the connection's number as argument 3 asks for it, and
   * whatever is wrong. Leaves the table empty.
   */
  static final class Next implements App {
    @Override
    public String run(String... args) throws SQLException {
      try (Connection connection = Pools.of(args[1], args[2]).getConnection()) {
        StringBuilder found = new StringBuilder();
        found.append(number(connection, "select count(*) from booking")).append(" rows");
        found.append(connection.getAutoCommit() ? "" : ", auto-commit leaked");
        connection.setAutoCommit(false);
        try (PreparedStatement statement =
            connection.prepareStatement("insert into booking (who) values ('next')")) {
          statement.executeUpdate();
        }
        connection.commit();
        String next = number(connection, "select count(*) from booking where who = 'next'");
        found.append(next.equals("1") ? "" : ", next borrower not served");
        try (Statement statement = connection.createStatement()) {
          statement.execute("delete from booking");
        }
        connection.commit();
        connection.setAutoCommit(true);
        found.append(args[3].isEmpty() ? "" : ", connection " + number(connection, args[3]));
        return found.toString();
      }
    }
  }

  /** Holds what a commit waits for, as argument 3 says, until told "let go". */
  static final class Holder implements App {
    @Override
    public String run(String... args) throws SQLException {
      try (Connection connection = Pools.of("none", args[2]).getConnection();
          Statement statement = connection.createStatement()) {
        if (statement.execute(args[3])) {
          try (ResultSet rows = statement.getResultSet()) {
            rows.next();
            hold(args[0]);
          }
        } else {
          hold(args[0]);
        }
      }
      return "let go";
    }

    private static void hold(String key) {
      Script.tell(key, "holds");
      Script.await(key, "let go");
    }
  }

  private static String number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
