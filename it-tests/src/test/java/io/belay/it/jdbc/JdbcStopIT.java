package io.belay.it.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A stop at each moment of a transaction: no row of it is there afterwards. */
class JdbcStopIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REFUSED = "io.belay.api.RunStoppedException";
  private static final List<String> POOLS = List.of("none", "hikari", "dbcp", "tomcat");
  private static final List<String> OLD_POOLS = List.of("none", "hikari");
  private static final List<String> H2_POOLS = List.of("none");
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
  }

  @AfterAll
  static void close() throws IOException {
    postgres.close();
  }

  @Scenario(libraries = {"newest", "jdbc-oldest"})
  void aTransactionOnH2LeavesNoRow(Setting setting) {
    String url = "jdbc:h2:mem:" + Setting.unique("h") + ";DB_CLOSE_DELAY=-1";
    everyMoment(setting, url, H2_POOLS); // The others' are shown on PostgreSQL and in the matrix.
  }

  @Scenario(libraries = {"newest", "jdbc-oldest"})
  void aTransactionOnPostgresLeavesNoRow(Setting setting) {
    everyMoment(setting, postgres.getJdbcUrl("postgres", "postgres"), pools(setting));
  }

  @Scenario(libraries = {"newest", "jdbc-oldest"})
  void aStatementThatLastsIsCancelledAndItsConnectionServes(Setting setting) {
    String url = postgres.getJdbcUrl("postgres", "postgres");
    for (String pool : pools(setting)) {
      Jvm without = setting.withoutBelay();
      String control = Setting.unique("control");
      Work untouched =
          without.start(Bookings.Long.class, control, control, pool, url, "select 'done'");
      assertEquals("done", untouched.result());

      Jvm belay = setting.withBelay("belay.stop.grace.sql=0s");
      prepare(belay, pool, url);
      String run = Setting.unique("lasting");
      String sleep = "select pg_sleep(300)";
      Work work = belay.start(Bookings.Long.class, run, run, pool, url, sleep);
      belay.awaitMoment(run, "executing");
      Await.until("the statement runs", () -> running(belay, run).contains("pg_sleep"));
      belay.stop(run);
      assertEquals(REFUSED, work.thrown().type());
      JsonNode call = belay.control().report(run).path("inFlight").path(0);
      assertEquals("sql aborted", call.path("kind").asText() + ' ' + call.path("outcome").asText());
      assertEquals("select pg_sleep(?)", call.path("target").asText());
      assertEquals("0", next(belay, pool, url));
    }
  }

  /** The size is a property: the default build has time for a few only. */
  @Scenario
  void whatTheReportSaysOfACommitIsWhatTheDatabaseHas(Setting setting) {
    String url = postgres.getJdbcUrl("postgres", "postgres");
    int races = Integer.getInteger("belay.it.races", 50);
    Jvm belay = setting.withBelay("belay.runs.keep=" + (races + 100));
    prepare(belay, "hikari", url);
    String run = Setting.unique("races");
    Work work = belay.start(Races.class, run, run, "hikari", url, String.valueOf(races));
    String told = work.resultWithin(Duration.ofMinutes(10));
    // An answer of the control plane takes longer than a race: they are read side by side.
    long refused =
        IntStream.range(0, races)
            .parallel()
            .filter(i -> wasRefused(belay, run + '.' + i, told.substring(2 * i, 2 * i + 2)))
            .count();
    assertTrue(refused > 0 && refused < races, "refused " + refused + " of " + races);
  }

  /** Whether the report says that the commit was refused, once that is what {@code told} says. */
  private static boolean wasRefused(Jvm belay, String id, String told) {
    Await.until("the run ends", () -> !asked(belay, "/runs/" + id).path("endedAt").isNull());
    int commits = 0;
    if (asked(belay, "/runs/" + id).path("status").asText().equals("stopped")) {
      JsonNode report = asked(belay, "/runs/" + id + "/report");
      commits = report.path("refused").path("commit").asInt();
      assertEquals(commits, report.path("rolledBack").asInt(), id);
      for (JsonNode call : report.path("inFlight")) {
        if (call.path("kind").asText().equals("commit")) {
          assertEquals("completed", call.path("outcome").asText(), id);
          assertEquals("1", told.substring(1), id);
        }
      }
    }
    assertEquals(commits > 0 ? "-0" : told.charAt(0) + "1", told, id);
    return commits > 0;
  }

  /** The size is a property, as above. */
  @Scenario
  void aCancelNeverHitsTheNextStatementOfItsConnection(Setting setting) {
    String url = postgres.getJdbcUrl("postgres", "postgres");
    String statements = System.getProperty("belay.it.neighbours", "1000");
    Jvm belay = setting.withBelay("belay.stop.grace.sql=0s");
    String run = Setting.unique("neighbours");
    Work work = belay.startOutside(Neighbours.class, run, "hikari", url, statements);
    int cancelled = Integer.parseInt(work.resultWithin(Duration.ofMinutes(30)));
    assertTrue(cancelled > 0, "cancelled " + cancelled);
  }

  /** The control plane answers so many requests a second: of ten thousand reports some wait. */
  private static JsonNode asked(Jvm jvm, String path) {
    AtomicReference<String> body = new AtomicReference<>("");
    Await.until(
        "the control plane answers",
        () -> {
          HttpResponse<String> answer = jvm.control().request("GET", path, null);
          body.set(answer.body());
          return answer.statusCode() == 200;
        });
    try {
      return JSON.readTree(body.get());
    } catch (IOException e) {
      throw new UncheckedIOException(body.get(), e);
    }
  }

  private static String running(Jvm jvm, String run) {
    return jvm.control().run(run).path("inFlight").toString();
  }

  private static List<String> pools(Setting setting) {
    return setting.libraries().equals("newest") ? POOLS : OLD_POOLS;
  }

  private static void everyMoment(Setting setting, String url, List<String> pools) {
    for (String pool : pools) {
      Jvm without = setting.withoutBelay();
      prepare(without, pool, url);
      for (String end : List.of("commit", "auto-commit", "text")) {
        String control = Setting.unique("control");
        Work work =
            without.start(Bookings.Booking.class, control, control, pool, url, "nowhere", end);
        assertEquals("ended", work.result(), pool + ", " + end);
      }
      assertEquals("6", next(without, pool, url), pool);

      Jvm belay = setting.withBelay();
      prepare(belay, pool, url);
      for (String moment : List.of("borrow", "first", "second", "end")) {
        refused(belay, pool, url, moment, "commit");
      }
      refused(belay, pool, url, "end", "text");
      refused(belay, pool, url, "end", "auto-commit");
    }
  }

  private static void refused(Jvm belay, String pool, String url, String moment, String end) {
    String what = pool + ", stopped before " + moment + ", ended by " + end;
    String run = Setting.unique("stopped");
    Work work = belay.start(Bookings.Booking.class, run, run, pool, url, moment, end);
    belay.awaitMoment(run, moment);
    belay.stop(run);
    belay.cue(run, "go on");
    assertEquals(REFUSED, work.thrown().type(), what);
    assertTrue(moment.equals("borrow") || belay.reached(run, "cleaned"), what);
    JsonNode report = belay.control().report(run);
    assertEquals(moment.equals("end") ? 1 : 0, report.path("rolledBack").asInt(), what);
    assertEquals(1, report.path("refused").path(moment.equals("end") ? "commit" : "sql").asInt());
    assertEquals("0", next(belay, pool, url), what);
  }

  private static void prepare(Jvm jvm, String pool, String url) {
    jvm.start(Bookings.Setup.class, Setting.unique("setup"), "", pool, url).result();
  }

  /** What the next borrower finds: rows, and what is wrong with the connection. */
  private static String next(Jvm jvm, String pool, String url) {
    return jvm.start(Bookings.Next.class, Setting.unique("next"), "", pool, url).result();
  }
}
