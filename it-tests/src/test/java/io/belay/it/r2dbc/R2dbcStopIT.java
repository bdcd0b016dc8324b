package io.belay.it.r2dbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A stop at each moment of a reactive transaction: no row of it is there afterwards. */
class R2dbcStopIT {
  private static final String REFUSED = "io.belay.api.RunStoppedException";

  /** A thread that waits outside is not woken here: then it hears what the pipeline ends with. */
  private static final String NO_WAKING = "belay.stop.wake=false";

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
  }

  @AfterAll
  static void close() throws IOException {
    postgres.close();
  }

  @Scenario(libraries = {"r2dbc-0.9", "r2dbc-1.1"})
  void aTransactionOnPostgresLeavesNoRow(Setting setting) {
    everyMoment(setting, postgres(""));
  }

  @Scenario(libraries = {"r2dbc-0.9", "r2dbc-1.1"})
  void aTransactionOnAPooledConnectionLeavesNoRow(Setting setting) {
    everyMoment(setting, postgres("pool:"));
  }

  @Scenario(libraries = {"r2dbc-0.9", "r2dbc-1.1"})
  void aTransactionOnH2LeavesNoRow(Setting setting) {
    everyMoment(setting, h2());
  }

  /**
   * Listeners of r2dbc-proxy are before a pool or behind it; all they show is the JDK's proxies.
   */
  @Scenario(libraries = {"r2dbc-0.9", "r2dbc-1.1"})
  void aTransactionThatIsListenedToLeavesNoRow(Setting setting) {
    everyMoment(setting, postgres("proxy:"));
    everyMoment(setting, postgres("proxy:pool:"));
    everyMoment(setting, postgres("pool:proxy:"));
  }

  @Scenario(libraries = {"r2dbc-0.9", "r2dbc-1.1"})
  void nobodyElseCommitsWhatAStoppedRunWrote(Setting setting) {
    for (String url : List.of(postgres(""), postgres("pool:"), postgres("proxy:pool:"))) {
      Jvm belay = setting.withBelay(NO_WAKING);
      belay.startOutside(Reservations.Setup.class, "", url).result();
      Work work = belay.startOutside(Reservations.Shared.class, Setting.unique("shared"), url);
      assertTrue(work.thrown().has(REFUSED), () -> url + ": " + work.thrown());
      assertEquals("0", next(belay, url), url);
    }
  }

  /** What is committed with its statement is not in the way of whoever has the connection next. */
  @Scenario(libraries = {"r2dbc-0.9", "r2dbc-1.1"})
  void whatAStoppedRunCommittedIsNobodysTrouble(Setting setting) throws Exception {
    String lasting = "select 'a' from pg_advisory_xact_lock(7)";
    committed(setting, postgres("pool:"), lasting, R2dbcStopIT::locked);
    committed(setting, postgres("proxy:pool:"), lasting, R2dbcStopIT::locked);
  }

  /** Until it is closed, whoever takes the lock waits. */
  private static Connection locked() throws SQLException {
    Connection holder = postgres.getPostgresDatabase().getConnection();
    try (Statement statement = holder.createStatement()) {
      statement.execute("select pg_advisory_lock(7)");
    }
    return holder;
  }

  /**
   * A statement that was its own transaction.
   *
   * @param lasting what it inserts, after a while
   * @param holder has it last until it is closed, and not just as long as it takes by itself
   */
  static void committed(Setting setting, String url, String lasting, Callable<AutoCloseable> holder)
      throws Exception {
    Jvm belay = setting.withBelay(NO_WAKING, "belay.stop.grace.sql=1m");
    belay.startOutside(Reservations.Setup.class, "", url).result();
    String before = Setting.unique("before");
    String insert = "insert into reservation values ('a')";
    Work early = belay.start(Reservations.Alone.class, before, before, url, insert, "stopped");
    assertEquals("ended", early.result(), url);
    assertEquals("1", next(belay, url), url);

    String during = Setting.unique("during");
    String slow = "insert into reservation " + lasting;
    String other = Setting.unique("other");
    Work work;
    Work next;
    AutoCloseable held = holder.call();
    try {
      work = belay.start(Reservations.Alone.class, during, during, url, slow, "nowhere");
      Await.until(
          "it is at it", () -> belay.control().get("/runs").toString().contains("reservation"));
      belay.stop(during);
      next = belay.start(Reservations.Next.class, other, "", url);
    } finally {
      held.close();
    }
    assertEquals("1", next.result(), url);
    assertEquals("ended", work.result(), url);
  }

  /** Its driver answers before it sends; who waits is not woken while it has its grace. */
  @Scenario(libraries = {"r2dbc-0.9", "r2dbc-1.1"})
  void aStatementWithValuesHasItsGrace(Setting setting) throws Exception {
    String insert = "insert into reservation select $1::varchar from ";
    for (String url : List.of(postgres(""), postgres("pool:"), postgres("proxy:pool:"))) {
      Jvm belay = setting.withBelay("belay.stop.grace.sql=1m");
      String calls = stopped(belay, url, insert + "pg_advisory_xact_lock(7)", 0).toString();
      assertTrue(calls.contains("\"outcome\":\"completed\""), url + ": " + calls);
      assertEquals("1", next(belay, url), url);

      belay = setting.withBelay("belay.stop.grace.sql=1s");
      calls = stopped(belay, url, insert + "pg_sleep(300)", 1).toString();
      assertTrue(calls.contains("\"outcome\":\"unknown\""), url + ": " + calls);
      Await.until("the server is at it no more: " + url, () -> lasting() == 0);
      assertEquals("0", next(belay, url), url);
    }
  }

  private static JsonNode stopped(Jvm belay, String url, String insert, int last) throws Exception {
    belay.startOutside(Reservations.Setup.class, "", url).result();
    String run = Setting.unique("bound");
    Work work;
    Connection holder = locked();
    try {
      work = belay.start(Reservations.Bound.class, run, run, url, insert);
      Await.until(
          "it is at it", () -> belay.control().get("/runs").toString().contains("reservation"));
      Await.until("the server is, too", () -> lasting() == last);
      belay.stop(run);
    } finally {
      holder.close();
    }
    if (last == 0) {
      assertEquals("ended", work.result(), url);
    } else {
      assertTrue(work.thrown().has(REFUSED), () -> url + ": " + work.thrown());
    }
    return belay.control().report(run).path("inFlight");
  }

  @Scenario(libraries = "r2dbc-1.1")
  void whatIsSentWhenItIsReadIsAskedAboutThen(Setting setting) {
    for (String url : List.of(postgres(""), postgres("pool:"), postgres("proxy:pool:"))) {
      Jvm belay = setting.withBelay(NO_WAKING);
      belay.startOutside(Reservations.Setup.class, "", url).result();
      String control = Setting.unique("control");
      Work passes = belay.start(Reservations.Unread.class, control, control, url, "nowhere");
      assertEquals("ended", passes.result());
      assertEquals("1", next(belay, url), url);
      String run = Setting.unique("unread");
      Work work = belay.start(Reservations.Unread.class, run, run, url, "stopped");
      assertTrue(work.thrown().has(REFUSED), () -> url + ": " + work.thrown());
      assertEquals("0", next(belay, url), url);
    }
  }

  @Scenario(libraries = {"r2dbc-0.9", "r2dbc-1.1"})
  void whetherAConnectionLivesIsNoQuestionOfARun(Setting setting) {
    for (String url : List.of(postgres(""), postgres("pool:"), h2())) {
      Jvm belay = setting.withBelay(NO_WAKING);
      belay.startOutside(Reservations.Setup.class, "", url).result();
      String run = Setting.unique("valid");
      assertEquals("true", belay.start(Reservations.Valid.class, run, run, url).result(), url);
      assertEquals("0", next(belay, url), url);
    }
  }

  @Scenario(libraries = {"r2dbc-0.9", "r2dbc-1.1"})
  void aTransactionIsTakenBackOnce(Setting setting) {
    for (String url : List.of(postgres(""), postgres("pool:"), h2())) {
      Jvm belay = setting.withBelay(NO_WAKING);
      belay.startOutside(Reservations.Setup.class, "", url).result();
      String run = Setting.unique("twice");
      Work work = belay.start(Reservations.Twice.class, run, run, url);
      assertTrue(work.thrown().has(REFUSED), () -> url + ": " + work.thrown());
      JsonNode report = belay.control().report(run);
      assertEquals(2, report.path("refused").path("commit").asInt(), report::toString);
      assertEquals(1, report.path("rolledBack").asInt(), report::toString);
      assertEquals("0", next(belay, url), url);
    }
  }

  @Scenario(libraries = {"r2dbc-0.9", "r2dbc-1.1"})
  void batchesAndSavepointsOfAStoppedRunAreRefused(Setting setting) {
    ways(setting, postgres("pool:"), List.of("batch", "savepoint", "add"));
    ways(setting, postgres("proxy:pool:"), List.of("batch", "savepoint", "add"));
    // H2's driver takes a set of parameters as whole only when the next one is added.
    ways(setting, h2(), List.of("batch", "savepoint"));
  }

  static void ways(Setting setting, String url, List<String> ways) {
    Jvm without = setting.withoutBelay();
    Jvm belay = setting.withBelay(NO_WAKING);
    for (String way : ways) {
      without.startOutside(Reservations.Setup.class, "", url).result();
      String control = Setting.unique("control");
      without.start(Reservations.Ways.class, control, control, url, way, "nowhere").result();
      assertEquals("3", next(without, url), way + ", control");

      belay.startOutside(Reservations.Setup.class, "", url).result();
      String run = Setting.unique(way);
      Work work = belay.start(Reservations.Ways.class, run, run, url, way, "stopped");
      assertTrue(work.thrown().has(REFUSED), () -> url + ", " + way + ": " + work.thrown());
      assertEquals(1, belay.control().report(run).path("refused").path("sql").asInt(), way);
      assertEquals("0", next(belay, url), way);
    }
  }

  /** The roll-back of the application waits for the statement: if that went on, so would this. */
  @Scenario(libraries = {"r2dbc-0.9", "r2dbc-1.1"})
  void aStatementThatLastsIsEndedOnTheServer(Setting setting) {
    for (String url : List.of(postgres(""), postgres("pool:"), postgres("proxy:pool:"))) {
      endedOnTheServer(setting, url, "pg_sleep", R2dbcStopIT::lasting);
    }
  }

  /** {@code atIt} says how many statements that last the server is at. */
  static void endedOnTheServer(Setting setting, String url, String sleep, IntSupplier atIt) {
    Jvm without = setting.withoutBelay();
    Jvm belay = setting.withBelay(NO_WAKING, "belay.stop.grace.sql=0s");
    without.startOutside(Reservations.Setup.class, "", url).result();
    String control = Setting.unique("control");
    String brief = "select " + sleep + "(0.01)";
    assertEquals(
        "ended", without.start(Reservations.Lasting.class, control, control, url, brief).result());
    String one = next(without, url);
    assertTrue(one.startsWith("1"), one);

    belay.startOutside(Reservations.Setup.class, "", url).result();
    String run = Setting.unique("lasting");
    String lasting = "select " + sleep + "(300)";
    Work work = belay.start(Reservations.Lasting.class, run, run, url, lasting);
    Await.until("the server is at it", () -> atIt.getAsInt() == 1);
    belay.stop(run);
    assertTrue(work.thrown().has(REFUSED), () -> url + ": " + work.thrown());
    Await.until("the server is at it no more: " + url, () -> atIt.getAsInt() == 0);
    assertTrue(belay.reached(run, "cleaned"), url);
    String calls = belay.control().report(run).path("inFlight").toString();
    assertTrue(calls.contains("\"outcome\":\"aborted\""), calls);
    String none = next(belay, url);
    // MariaDB's driver in a pool does not come back as it was without an agent either.
    assertTrue(none.equals("0") || none.equals(one.replace('1', '0')), url + ": " + none);
  }

  @Scenario(libraries = "r2dbc-1.1")
  void aCancelNeverHitsTheNextStatementOfItsConnection(Setting setting) {
    neighbours(setting, postgres("pool:"));
  }

  /** The size is a property: the default build has time for a few only. */
  static void neighbours(Setting setting, String url) {
    String rounds = System.getProperty("belay.it.r2dbc.neighbours", "5");
    Jvm belay = setting.withBelay(NO_WAKING, "belay.stop.grace.sql=0s");
    Work work =
        belay.startOutside(
            Reservations.Neighbours.class, Setting.unique("neighbours"), url, rounds);
    int cancelled = Integer.parseInt(work.resultWithin(Duration.ofMinutes(7)));
    assertTrue(cancelled > 0, "cancelled " + cancelled);
  }

  private static int lasting() {
    String query =
        "select count(*) from pg_stat_activity where state = 'active' and query like '%sleep(300)'"
            + " and pid <> pg_backend_pid()";
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String h2() {
    return "r2dbc:h2:mem:///" + Setting.unique("h") + "?options=DB_CLOSE_DELAY%3D-1";
  }

  static void everyMoment(Setting setting, String url) {
    Jvm without = setting.withoutBelay();
    without.startOutside(Reservations.Setup.class, "", url).result();
    assertEquals("ended", reserve(without, Setting.unique("control"), url, "nowhere").result());
    assertEquals("2", next(without, url));

    Jvm belay = setting.withBelay(NO_WAKING);
    belay.startOutside(Reservations.Setup.class, "", url).result();
    for (String moment : List.of("first", "second", "end", "text")) {
      String run = Setting.unique(moment);
      Work work = reserve(belay, run, url, moment);
      assertTrue(work.thrown().has(REFUSED), () -> url + ", " + moment + ": " + work.thrown());
      assertTrue(belay.reached(run, "cleaned"), moment);
      JsonNode report = belay.control().report(run);
      String kind = moment.equals("end") || moment.equals("text") ? "commit" : "sql";
      assertEquals(1, report.path("refused").path(kind).asInt(), () -> moment + ": " + report);
      assertEquals(moment.equals("end") ? 1 : 0, report.path("rolledBack").asInt(), moment);
      assertEquals("0", next(belay, url), moment);
    }
    assertEquals("ended", reserve(belay, Setting.unique("unstopped"), url, "nowhere").result());
    assertEquals("2", next(belay, url));
  }

  private static Work reserve(Jvm jvm, String run, String url, String moment) {
    return jvm.start(Reservations.Reserving.class, run, run, url, moment);
  }

  private static String next(Jvm jvm, String url) {
    return jvm.startOutside(Reservations.Next.class, "", url).result();
  }

  private static String postgres(String pool) {
    return "r2dbc:"
        + pool
        + "postgresql://postgres:postgres@localhost:"
        + postgres.getPort()
        + "/postgres"
        + (!pool.contains("pool:") ? "" : "?maxSize=1&initialSize=1");
  }
}
