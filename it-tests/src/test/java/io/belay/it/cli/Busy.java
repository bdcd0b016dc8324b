package io.belay.it.cli;

import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * A web application under load: each request calls a server by OkHttp and writes a row over a
 * connection that has been open for long. Told to end, it answers how many requests there were and
 * how many failed.
 */
final class Busy {
  static final String KEY = "busy";
  private static final OkHttpClient CLIENT = new OkHttpClient();
  private static final AtomicLong SERVED = new AtomicLong();

  private Busy() {}

  /**
   * What the application does for a request.
   *
   * @param held the key under which the test hears that the row is written and not yet committed,
   *     and says when to go on; null for not waiting
   */
  static void work(Connection connection, String url, String held)
      throws IOException, SQLException {
    try (Response response = CLIENT.newCall(new Request.Builder().url(url).build()).execute()) {
      if (response.code() != 200) {
        throw new IOException("status " + response.code());
      }
    }
    synchronized (connection) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
        insert.setLong(1, SERVED.incrementAndGet());
        insert.executeUpdate();
      }
      if (held != null) {
        Script.tell(held, "written");
        Script.await(held, "go on");
      }
      connection.commit();
    }
  }

  /** A servlet of the usual kind. */
  private static final class Servlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private final transient Connection connection;
    private final String url;

    Servlet(Connection connection, String url) {
      this.connection = connection;
      this.url = url;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        String other = request.getParameter("url");
        work(connection, other == null ? url : other, request.getParameter("held"));
        response.getWriter().write("ok");
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }
  }

  /** Starts it; answers its port. Arguments: the URL that requests call. */
  static final class Start implements App {
    @Override
    public String run(String... args) throws Exception {
      Logger.getLogger("org.apache").setLevel(Level.WARNING);
      Connection connection = DriverManager.getConnection("jdbc:h2:mem:busy;DB_CLOSE_DELAY=-1");
      connection.createStatement().execute("CREATE TABLE t(n BIGINT)");
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(Files.createTempDirectory("busy").toString());
      tomcat.setPort(0);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      Context context = tomcat.addContext("", null);
      Tomcat.addServlet(context, "busy", new Servlet(connection, args[0])).addMapping("/*");
      tomcat.start();
      return String.valueOf(tomcat.getConnector().getLocalPort());
    }
  }

  /** Asks it until told to end; answers the first failure, or nothing. Arguments: its port. */
  static final class Load implements App {
    @Override
    public String run(String... args) throws Exception {
      HttpClient client = HttpClient.newHttpClient();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + args[0] + "/")).build();
      for (long n = 1; !Script.heard(KEY, "end"); n++) {
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200 || !answer.body().equals("ok")) {
          return "request " + n + ": " + answer.statusCode() + " " + answer.body();
        }
        Script.tell(KEY, "served " + n);
      }
      return "";
    }
  }

  /** One request to it; answers status and body. Arguments: its port, the query. */
  static final class One implements App {
    @Override
    public String run(String... args) throws Exception {
      var answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + args[0] + "/?" + args[1]))
                      .build(),
                  BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }

  /** How many rows have been committed. */
  static final class Rows implements App {
    @Override
    public String run(String... args) throws SQLException {
      try (Connection other = DriverManager.getConnection("jdbc:h2:mem:busy");
          Statement statement = other.createStatement();
          ResultSet rows = statement.executeQuery("SELECT COUNT(*), MAX(n) FROM t")) {
        rows.next();
        return rows.getString(1) + " of " + rows.getString(2);
      }
    }
  }

  /** The names of Belay's threads. */
  static final class Threads implements App {
    @Override
    public String run(String... args) {
      StringBuilder names = new StringBuilder();
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        names.append(thread.getName().startsWith("belay-") ? thread.getName() + "\n" : "");
      }
      return names.toString();
    }
  }
}
