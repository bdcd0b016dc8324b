package io.belay.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.demo.provider.Provider;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The research assistant at its work, with nobody stopping it. */
@Timeout(180)
final class ResearchTest {
  private static final int TOKENS_PER_SECOND = 2000;

  @Test
  void aResearchEndsWithAReportAndEverythingInTheDatabase() throws Exception {
    String jdbcUrl = "jdbc:h2:mem:whole;DB_CLOSE_DELAY=-1";
    try (Provider provider = Provider.start(0, TOKENS_PER_SECOND)) {
      ResearchAgent agent = ResearchAgent.create(settings(provider, provider.url(), jdbcUrl));
      String report = agent.answer("r", "How do cities save energy?");
      assertEquals(120, report.split(" ", -1).length);
    }
    assertEquals(15, count(jdbcUrl, "select count(*) from source"));
    assertEquals(4, count(jdbcUrl, "select count(*) from finding"));
    assertEquals(1 + 15 + 4, count(jdbcUrl, "select count(*) from audit_log"));
    assertEquals(
        3,
        count(
            jdbcUrl,
            "select count(*) from source where result like '%\"status\":\"running\"%'"
                + " and tool = 'check_crawl'"));
  }

  @Test
  void toolsThatFailAreToldToTheModelAndTheWorkGoesOn() throws Exception {
    Logger expected = Logger.getLogger(ResearchSubAgent.class.getName());
    expected.setLevel(Level.OFF);
    String jdbcUrl = "jdbc:h2:mem:failing;DB_CLOSE_DELAY=-1";
    String nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = "http://127.0.0.1:" + socket.getLocalPort();
    }
    try (Provider provider = Provider.start(0, TOKENS_PER_SECOND)) {
      ResearchAgent agent = ResearchAgent.create(settings(provider, nobody, jdbcUrl));
      assertTrue(agent.answer("r", "How do cities save energy?").length() > 100);
    }
    assertEquals(0, count(jdbcUrl, "select count(*) from source"));
    assertEquals(4, count(jdbcUrl, "select count(*) from finding"));
  }

  private static Settings settings(Provider provider, String toolsUrl, String jdbcUrl) {
    return new Settings(0, provider.url() + "/v1", "sk-test", "gpt-4.1", toolsUrl, jdbcUrl);
  }

  private static int count(String jdbcUrl, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }
}
