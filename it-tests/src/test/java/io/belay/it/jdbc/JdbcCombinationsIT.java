package io.belay.it.jdbc;

import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
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

  @Scenario(libraries = {"newest", "jdbc-oldest"})
  void plainH2LeavesNoRow(Setting setting) {
    String url = "jdbc:h2:mem:" + Setting.unique("h") + ";DB_CLOSE_DELAY=-1";
    Combination.of(Database.h2(url), "none", PlainStyle.class).check(setting);
  }

  /** Hikari closes a connection whose statement ran out of time; so H2 calls a cancelled one. */
  @Scenario(libraries = {"newest", "jdbc-oldest"})
  void hikariKeepsTheConnectionOfACancelledStatement(Setting setting) {
    String url = "jdbc:h2:mem:" + Setting.unique("h") + ";DB_CLOSE_DELAY=-1";
    Combination.of(Database.h2(url), "hikari", PlainStyle.class).check(setting);
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
