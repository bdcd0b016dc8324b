package io.belay.it.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.App;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Ways to write and to commit past plain statements, and connections that change hands. */
class JdbcSideDoorsIT {
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres =
        EmbeddedPostgres.builder()
            .setLocaleConfig("locale", "C")
            .setServerConfig("max_prepared_transactions", "10")
            .start();
  }

  @AfterAll
  static void close() throws IOException {
    postgres.close();
  }

  @Scenario
  void aBranchThatIsNotPreparedIsRolledBackAndOneThatIsPasses(Setting setting) {
    Map<String, String> told = new TreeMap<>();
    told.put("prepare", "rolled back, rows 0, in doubt 0");
    told.put("prepare by another", "rolled back, rows 0, in doubt 0");
    told.put("one phase", "rolled back, rows 0, in doubt 0");
    told.put("one phase by another", "rolled back, rows 0, in doubt 0");
    told.put("second phase", "done, rows 1, in doubt 0");
    told.put("second phase by another", "done, rows 1, in doubt 0");
    for (String url : List.of(postgres(), h2())) {
      told.forEach(
          (way, with) ->
              check(setting, Branches.class, url, way, "done, rows 1, in doubt 0", with));
    }
  }

  @Scenario(libraries = {"newest", "jdbc-oldest"})
  void theSideDoorsOfPostgresAreShut(Setting setting) {
    String url = postgres();
    side(setting, url, "copy of a stream", "done, rows 5", "refused, rows 0");
    side(setting, url, "copy in steps", "done, rows 1", "refused, rows 0");
    side(setting, url, "copy through a stream", "done, rows 1", "refused, rows 0");
    side(
        setting,
        url,
        "copy committed by another",
        "done, then done, rows 1",
        "done, then refused, rows 0");
    side(setting, url, "large object", "done, then done, rows 0", "refused, then refused, rows 0");
    side(setting, url, "cursor", "done, then done, rows 0", "refused, then done, rows 0");
    side(setting, url, "updatable row", "done, rows 1", "refused, rows 0");
    side(setting, url, "savepoint", "done, then done, rows 0", "refused, then done, rows 0");
    side(setting, url, "tables", "done, rows 0", "refused, rows 0");
  }

  @Scenario(libraries = {"newest", "jdbc-oldest"})
  void whoeverHoldsTheConnectionNextCannotCommitWhatAStoppedRunWrote(Setting setting) {
    for (String url : List.of(postgres(), h2())) {
      for (String way :
          List.of("commit", "text", "prepared", "batch", "another run", "another thread")) {
        side(setting, url, way, "done, then done, rows 1", "done, then refused, rows 0");
      }
    }
  }

  @Scenario
  void howeverAStatementIsExecutedItIsRefused(Setting setting) {
    for (String url : List.of(postgres(), h2())) {
      Jvm without = setting.withoutBelay();
      String all = without.startOutside(Executions.class, Setting.unique("control"), url).result();
      assertFalse(all.contains("refused"), all);
      assertTrue(all.endsWith(", rows 12"), all);
      assertEquals(
          all.replace(" done,", " refused,").replace("rows 12", "rows 0"),
          setting.withBelay().startOutside(Executions.class, Setting.unique("ways"), url).result());
    }
  }

  @Scenario
  void aDriverThatNobodyHasHeardOfIsFoundByItsUse(Setting setting) {
    Map<String, String> asked = new TreeMap<>();
    asked.put("driver", "Conduit");
    asked.put("well", "Well");
    asked.put("prepared", "Question");
    asked.put("rows", "Question");
    asked.put("plain", "Asked");
    asked.put("commit", "Link");
    asked.put("own data source", "Link");
    asked.forEach(
        (what, first) -> check(setting, SideDoors.Unheard.class, h2(), what, "done", first));
  }

  @Scenario
  void aDriverThatIsNothingButProxiesIsCoveredToo(Setting setting) {
    Map<String, Integer> committed = new TreeMap<>();
    committed.put("statement", 0);
    committed.put("prepared of a data source", 0);
    committed.put("connection", 0);
    committed.put("connect", 0);
    committed.put("auto-commit of a data source", 1);
    committed.put("commit", 1);
    committed.forEach(
        (what, rows) ->
            check(setting, ShamDoor.class, "", what, "done, rows " + rows, "refused, rows 0"));
  }

  /** Pools reset what comes back to them, or do not, as tomcat-jdbc: the next borrower does. */
  @Scenario(libraries = {"newest", "jdbc-oldest"})
  void switchingAutoCommitOnIsRefusedAndTheNextBorrowerFindsItOn(Setting setting) {
    for (String url : List.of(postgres(), h2())) {
      for (String pool : pools(setting)) {
        handOver(setting, pool, url, "reset", "done, next, run", "refused, next");
      }
    }
  }

  @Scenario
  void workOfAStoppedRunIsLostWithItsConnectionHoweverThatIsLetGo(Setting setting) {
    handOver(setting, "none", postgres(), "abort", "done, next", "done, next");
    for (String url : List.of(postgres(), h2())) {
      handOver(setting, "none", url, "closed", "done, next", "done, next");
      handOver(
          setting,
          "tomcat",
          url,
          "closed",
          "done, auto-commit off, next, run",
          "done, auto-commit off, next");
      handOver(
          setting,
          "tomcat",
          url,
          "returned open",
          "done, auto-commit off, next, run",
          "done, auto-commit off, next");
    }
  }

  /** Spring makes errors of its own of whatever a data source throws, the refusal included. */
  @Scenario
  void aConnectionThatSpringAsksForIsRefusedAsAnyOther(Setting setting) {
    for (String what : List.of("template", "manager", "manager of boot")) {
      check(setting, SpringDoor.class, h2(), what, "done", "io.belay.api.RunStoppedException");
    }
  }

  @Scenario
  void aCommitThroughLayersOfProxiesIsRefused(Setting setting) {
    for (String pool : List.of("none", "hikari", "dbcp")) {
      handOver(setting, pool, postgres(), "wrapped", "done, next, run", "refused, next");
    }
  }

  @Scenario
  void aPoolWithoutAutoCommitStaysAsItIs(Setting setting) {
    String clean = ", auto-commit off, next";
    for (String url : List.of(postgres(), h2())) {
      for (Class<?> maker :
          List.of(ManualPools.Hikari.class, ManualPools.Dbcp.class, ManualPools.Tomcat.class)) {
        String pool = maker.getName();
        boolean handsOn = maker == ManualPools.Tomcat.class; // The work, and auto-commit, too.
        String open = "done" + clean + (handsOn ? ", run" : "");
        handOver(setting, pool, url, "closed", open, "done" + clean);
        handOver(setting, pool, url, "commit", "done" + clean + ", run", "refused" + clean);
        String reset = handsOn ? ", next" : clean;
        handOver(setting, pool, url, "reset", "done" + reset + ", run", "refused" + reset);
      }
    }
  }

  private static List<String> pools(Setting setting) {
    return setting.libraries().equals("newest")
        ? List.of("none", "hikari", "dbcp", "tomcat")
        : List.of("none", "hikari");
  }

  private static void handOver(
      Setting setting, String pool, String url, String way, String without, String with) {
    String told = way + " of " + pool + " on " + url.replaceFirst("(jdbc:\\w+).*", "$1");
    assertEquals(
        without,
        setting
            .withoutBelay()
            .startOutside(HandOvers.class, Setting.unique("control"), pool, url, way)
            .result(),
        told + ", control");
    assertEquals(
        with,
        setting
            .withBelay()
            .startOutside(HandOvers.class, Setting.unique("hand"), pool, url, way)
            .result(),
        told);
  }

  private static void side(Setting setting, String url, String what, String without, String with) {
    check(setting, SideDoors.class, url, what, without, with);
  }

  private static void check(
      Setting setting,
      Class<? extends App> app,
      String url,
      String what,
      String without,
      String with) {
    String told = what + " on " + url.replaceFirst("(jdbc:\\w+).*", "$1");
    Jvm control = setting.withoutBelay();
    assertEquals(
        without,
        control.startOutside(app, Setting.unique("control"), url, what).result(),
        told + ", control");
    Jvm belay = setting.withBelay();
    assertEquals(
        with, belay.startOutside(app, Setting.unique("stopped"), url, what).result(), told);
  }

  private static String postgres() {
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  private static String h2() {
    return "jdbc:h2:mem:" + Setting.unique("h") + ";DB_CLOSE_DELAY=-1";
  }
}
