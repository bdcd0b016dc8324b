package io.belay.it.doors;

import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** A web application on Spring Boot as it comes: Tomcat, HikariCP, JdbcTemplate, RestClient. */
@SpringBootApplication
@RestController
public class BootApp {
  private final RestClient client = RestClient.create();
  private final AtomicLong rows = new AtomicLong();
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final String upstream;

  /** Made by Spring. */
  public BootApp(JdbcTemplate jdbc, PlatformTransactionManager manager, Environment settings) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(manager);
    this.upstream = settings.getRequiredProperty("upstream");
    jdbc.execute("CREATE TABLE t(n BIGINT)");
  }

  /** What each request of the load does: asks a server, writes a row, reads them. */
  @GetMapping("/work")
  public String work() {
    String answer = client.get().uri(upstream).retrieve().body(String.class);
    transaction.executeWithoutResult(
        status -> jdbc.update("INSERT INTO t VALUES (?)", rows.incrementAndGet()));
    Long count = jdbc.queryForObject("SELECT COUNT(*) FROM t", Long.class);
    return answer + (count == null || count < 1 ? " and no row" : "");
  }

  /** Asks that server, within a transaction that has written. */
  @GetMapping("/call")
  public String call(@RequestParam("url") String url) {
    return transaction.execute(
        status -> {
          jdbc.update("INSERT INTO t VALUES (?)", -1);
          return client.get().uri(url).retrieve().body(String.class);
        });
  }

  /** Writes a row and holds it uncommitted until it is told to go on. */
  @GetMapping("/hold")
  public String hold(@RequestParam("key") String key) {
    return transaction.execute(
        status -> {
          jdbc.update("INSERT INTO t VALUES (?)", -2);
          Script.tell(key, "written");
          Script.await(key, "go on");
          return "committed";
        });
  }

  /** How many rows were written by a stopped request. */
  @GetMapping("/leftovers")
  public String leftovers() {
    return String.valueOf(jdbc.queryForObject("SELECT COUNT(*) FROM t WHERE n < 0", Long.class));
  }

  /** Starts it; answers its port. Arguments: the URL that requests of the load ask. */
  static final class Start implements App {
    @Override
    public String run(String... args) {
      SpringApplication application = new SpringApplication(BootApp.class);
      return application
          .run(
              "--server.port=0",
              "--server.address=127.0.0.1",
              "--spring.datasource.url=jdbc:h2:mem:boot;DB_CLOSE_DELAY=-1",
              "--spring.main.banner-mode=off",
              "--logging.level.root=warn",
              "--upstream=" + args[0])
          .getEnvironment()
          .getRequiredProperty("local.server.port");
    }
  }
}
