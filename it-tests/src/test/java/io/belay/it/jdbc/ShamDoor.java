package io.belay.it.jdbc;

import com.acme.jdbc.Sham;
import io.belay.it.harness.App;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;

/**
 * A driver all of whose classes are proxies, in a run that is stopped after its first row.
 * Arguments: key, URL, what is done then. Answers what came of it and the rows.
 */
final class ShamDoor implements App {
  @Override
  public String run(String... args) throws Exception {
    Sham sham = new Sham();
    String url = "jdbc:sham:" + args[0];
    DriverManager.registerDriver(sham.driver(url));
    String told;
    try (Connection connection =
        args[2].endsWith("of a data source")
            ? sham.dataSource().getConnection()
            : DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      told = Stops.run(args[0], () -> work(connection, sham, url, args[2]));
    }
    return told + ", rows " + sham.rows().size();
  }

  private static String work(Connection connection, Sham sham, String url, String what)
      throws Exception {
    try (Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("prepared")) {
      statement.executeUpdate("first");
      Stops.stop();
      return outcome(
          switch (what.replaceFirst(" of .*", "")) {
            case "statement" -> () -> statement.executeUpdate("second");
            case "prepared" -> prepared::executeUpdate;
            case "connection" -> sham.dataSource()::getConnection;
            case "connect" -> () -> DriverManager.getConnection(url);
            case "auto-commit" -> () -> on(connection);
            default ->
                () -> {
                  connection.commit();
                  return null;
                };
          });
    }
  }

  private static Object on(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    return null;
  }

  private static String outcome(Callable<?> call) throws Exception {
    try {
      call.call();
      return "done";
    } catch (RuntimeException refused) {
      return Stops.isRefusal(refused) ? "refused" : "failed: " + refused;
    }
  }
}
