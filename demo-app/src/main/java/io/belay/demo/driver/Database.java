package io.belay.demo.driver;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.tools.Server;

/**
 * The database of a story, which lives outside the application so that its rows can be counted by
 * somebody else: H2's server in this process, or whatever {@code demo.jdbc.url} names.
 */
final class Database implements AutoCloseable {
  private static final String ROWS =
      """
      select (select count(*) from source where agent = ? or agent like ?)
           + (select count(*) from finding where agent = ? or agent like ?)
           + (select count(*) from audit_log where agent = ? or agent like ?)
      """;

  private final String url;
  private final Runnable onClose;

  private Database(String url, Runnable onClose) {
    this.url = url;
    this.onClose = onClose;
  }

  static Database start() {
    String given = System.getProperty("demo.jdbc.url", "");
    if (!given.isEmpty()) {
      return new Database(given, () -> {});
    }
    System.setProperty("h2.bindAddress", "127.0.0.1");
    try {
      Server server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-ifNotExists").start();
      String url = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:research";
      return new Database(url + ";DB_CLOSE_DELAY=-1", server::stop);
    } catch (SQLException e) {
      throw new CannotStart("the H2 server could not be started: " + e.getMessage());
    }
  }

  String url() {
    return url;
  }

  /** Counts the committed rows of a research and its sub-agents. */
  int rows(String researchId) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement count = connection.prepareStatement(ROWS)) {
      for (int i = 1; i <= 6; i += 2) {
        count.setString(i, researchId);
        count.setString(i + 1, researchId + ".%");
      }
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  @Override
  public void close() {
    onClose.run();
  }
}
