package io.belay.it.vertxsql;

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
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A stop at each moment of a transaction on Vert.x's client: no row of it is there afterwards. */
class VertxSqlIT {
  private static final String REFUSED = "io.belay.api.RunStoppedException";

  /** A thread that waits outside is not woken here: then it hears what the future ends with. */
  private static final String NO_WAKING = "belay.stop.wake=false";

  private static final String LASTS = "select pg_sleep(300)";

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table orders (who varchar(40))");
      statement.execute(
          "create function wait() returns trigger language plpgsql as"
              + " $$ begin perform pg_advisory_xact_lock(7); return null; end $$");
      statement.execute(
          "create constraint trigger slow after insert on orders deferrable initially deferred"
              + " for each row when (new.who = 'slow') execute function wait()");
      // A roll-back of what was rolled back before is warned of, and the client prints that.
      statement.execute("alter role postgres set client_min_messages = error");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  static void close() throws IOException {
    postgres.close();
  }

  @Scenario(libraries = {"vertx-sql-5", "vertx-sql-4"})
  void aTransactionOnPostgresLeavesNoRow(Setting setting) {
    everyMoment(setting, uri(), LASTS);
  }

  static void everyMoment(Setting setting, String uri, String lasts) {
    Jvm without = setting.withoutBelay();
    without.startOutside(Orders.Setup.class, "", uri).result();
    assertEquals(
        "ended", order(without, Setting.unique("control"), uri, "nowhere", lasts).result());
    assertEquals("2", count(without, uri));

    Jvm belay = setting.withBelay(NO_WAKING);
    belay.startOutside(Orders.Setup.class, "", uri).result();
    for (String moment : List.of("first", "second", "end", "text")) {
      String run = Setting.unique(moment);
      Work work = order(belay, run, uri, moment, lasts);
      assertTrue(work.thrown().has(REFUSED), () -> moment + ": " + work.thrown());
      assertTrue(belay.reached(run, "cleaned"), moment);
      JsonNode report = belay.control().report(run);
      String kind = moment.equals("end") || moment.equals("text") ? "commit" : "sql";
      assertEquals(1, report.path("refused").path(kind).asInt(), () -> moment + ": " + report);
      assertEquals("0", count(belay, uri), moment);
    }
    assertEquals("ended", order(belay, Setting.unique("unstopped"), uri, "none", lasts).result());
    assertEquals("2", count(belay, uri));
  }

  @Scenario(libraries = {"vertx-sql-4", "vertx-sql-5"})
  void whatAPoolDoesByItselfIsAskedForItsRun(Setting setting) {
    Jvm without = setting.withoutBelay();
    Jvm belay = setting.withBelay(NO_WAKING);
    for (Class<? extends io.belay.it.harness.App> app :
        List.of(Orders.Alone.class, Orders.Late.class)) {
      without.startOutside(Orders.Setup.class, "", uri()).result();
      String control = Setting.unique("control");
      without.start(app, control, control, uri(), "nowhere").result();
      assertEquals("1", count(without, uri()), app.getSimpleName());

      belay.startOutside(Orders.Setup.class, "", uri()).result();
      String run = Setting.unique("stopped");
      Work work = belay.start(app, run, run, uri(), "stopped");
      assertTrue(work.thrown().has(REFUSED), () -> app + ": " + work.thrown());
      assertEquals("0", count(belay, uri()), app.getSimpleName());
    }
  }

  /** What is committed with its statement is not in the way of whoever has the connection next. */
  @Scenario(libraries = {"vertx-sql-4", "vertx-sql-5"})
  void whatAStoppedRunCommittedIsNobodysTrouble(Setting setting) throws Exception {
    committed(setting, uri(), "select 'a' from pg_advisory_xact_lock(7)", VertxSqlIT::locked);
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
  static void committed(Setting setting, String uri, String lasting, Callable<AutoCloseable> holder)
      throws Exception {
    Jvm belay = setting.withBelay(NO_WAKING, "belay.stop.grace.sql=1m");
    belay.startOutside(Orders.Setup.class, "", uri).result();
    String before = Setting.unique("before");
    String insert = "insert into orders values ('a')";
    Work early = belay.start(Orders.Once.class, before, before, uri, insert, "stopped");
    assertEquals("ended", early.result());
    assertEquals("ended", belay.startOutside(Orders.Alone.class, "", uri, "nowhere").result());
    assertEquals("2", count(belay, uri));

    String during = Setting.unique("during");
    String slow = "insert into orders " + lasting;
    String other = Setting.unique("other");
    Work work;
    Work next;
    AutoCloseable held = holder.call();
    try {
      work = belay.start(Orders.Once.class, during, during, uri, slow, "nowhere");
      Await.until(
          "it is at it",
          () -> belay.control().get("/runs").toString().contains("insert into orders"));
      belay.stop(during);
      next = belay.start(Orders.Alone.class, other, other, uri, "nowhere");
    } finally {
      held.close();
    }
    assertEquals("ended", next.result());
    assertEquals("ended", work.result());
    assertEquals("4", count(belay, uri));
  }

  @Scenario(libraries = {"vertx-sql-4", "vertx-sql-5"})
  void aTransactionIsTakenBackOnce(Setting setting) {
    Jvm belay = setting.withBelay(NO_WAKING);
    belay.startOutside(Orders.Setup.class, "", uri()).result();
    String run = Setting.unique("twice");
    Work work = belay.start(Orders.Twice.class, run, run, uri());
    assertTrue(work.thrown().has(REFUSED), () -> String.valueOf(work.thrown()));
    JsonNode report = belay.control().report(run);
    assertEquals(2, report.path("refused").path("commit").asInt(), report::toString);
    assertEquals(1, report.path("rolledBack").asInt(), report::toString);
    assertEquals("0", count(belay, uri()));
  }

  @Scenario(libraries = {"vertx-sql-5", "vertx-sql-4"})
  void aStatementThatLastsIsEndedOnTheServer(Setting setting) {
    Jvm belay = setting.withBelay(NO_WAKING, "belay.stop.grace.sql=0s");
    belay.startOutside(Orders.Setup.class, "", uri()).result();
    String run = Setting.unique("lasting");
    Work work = order(belay, run, uri(), "lasting", LASTS);
    Await.until("the server is at it", () -> lasting() == 1);
    belay.stop(run);
    assertTrue(work.thrown().has(REFUSED), () -> String.valueOf(work.thrown()));
    Await.until("the server is at it no more", () -> lasting() == 0);
    String calls = belay.control().report(run).path("inFlight").toString();
    assertTrue(calls.contains("\"outcome\":\"aborted\""), calls);
    assertEquals("0", count(belay, uri()));
  }

  /** A commit that has begun is let finish, and the report says how it did. */
  @Scenario(libraries = {"vertx-sql-4", "vertx-sql-5"})
  void aCommitInFlightIsInTheReport(Setting setting) throws SQLException {
    Jvm belay = setting.withBelay(NO_WAKING);
    belay.startOutside(Orders.Setup.class, "", uri()).result();
    String run = Setting.unique("commit");
    Work work;
    Connection holder = locked();
    try {
      work = order(belay, run, uri(), "commit", LASTS);
      Await.until(
          "it has begun", () -> belay.control().get("/runs").findValuesAsText("id").contains(run));
      Await.until(
          "it commits",
          () ->
              belay.control().run(run).path("inFlight").findValuesAsText("kind").contains("commit")
                  || work.isDone());
      belay.stop(run);
    } finally {
      holder.close();
    }
    assertEquals("ended", work.result());
    JsonNode calls = belay.control().report(run).path("inFlight");
    assertEquals(List.of("commit"), calls.findValuesAsText("kind"), calls::toString);
    assertEquals(List.of("completed"), calls.findValuesAsText("outcome"), calls::toString);
    assertEquals("3", count(belay, uri()));
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

  private static Work order(Jvm jvm, String run, String uri, String moment, String lasts) {
    return jvm.start(Orders.Ordering.class, run, run, uri, moment, lasts);
  }

  private static String count(Jvm jvm, String uri) {
    return jvm.startOutside(Orders.Count.class, "", uri).result();
  }

  private static String uri() {
    return "postgresql://postgres:postgres@localhost:" + postgres.getPort() + "/postgres";
  }
}
