package io.belay.it.jdbc;

import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A few combinations of database, pool and framework; the profile {@code matrix} has them all. */
class JdbcCombinationsIT {
  @TempDir static Path folder;
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
  }

  @AfterAll
  static void close() throws IOException {
    postgres.close();
  }

  @Scenario
  void springOnHikariAndPostgresLeavesNoRow(Setting setting) {
    Database database = Database.postgres(postgres.getJdbcUrl("postgres", "postgres"));
    Combination.of(database, "hikari", SpringStyle.class).check(setting);
    Combination.of(database, "hikari", SpringStyle.OfBoot.class).check(setting);
  }

  /** Borrowed late, or the transaction's own: who ends it does so through a proxy of Spring's. */
  @Scenario
  void whatSpringPutsBeforeAPoolLeavesNoRow(Setting setting) {
    for (Combination one : proxied(h2())) {
      one.check(setting);
    }
  }

  static List<Combination> proxied(Database database) {
    String lazy = SpringPools.Lazy.class.getName();
    return List.of(
        Combination.of(database, lazy, PlainStyle.class),
        Combination.of(database, lazy, SpringStyle.OfBoot.class),
        Combination.of(database, SpringPools.Aware.class.getName(), PlainStyle.class),
        Combination.of(database, "hikari", SpringPools.InTransaction.class));
  }

  private static Database h2() {
    return Database.h2("jdbc:h2:mem:" + Setting.unique("h") + ";DB_CLOSE_DELAY=-1");
  }

  @Scenario(libraries = {"newest", "jdbc-oldest"})
  void plainH2LeavesNoRow(Setting setting) {
    Combination.of(h2(), "none", PlainStyle.class).check(setting);
  }

  /** Hikari closes a connection whose statement ran out of time; so H2 calls a cancelled one. */
  @Scenario(libraries = {"newest", "jdbc-oldest"})
  void hikariKeepsTheConnectionOfACancelledStatement(Setting setting) {
    Combination.of(h2(), "hikari", PlainStyle.class).check(setting);
    Combination.of(h2(), P6spyPool.class.getName(), PlainStyle.class).check(setting);
  }

  @Scenario(libraries = {"newest", "jdbc-oldest"})
  void sqliteLeavesNoRow(Setting setting) {
    String file = folder.resolve(Setting.unique("sqlite")).toString();
    Combination.of(
            Database.sqlite("jdbc:sqlite:" + file + "?busy_timeout=60000"),
            "none",
            PlainStyle.class)
        .check(setting);
  }
}
