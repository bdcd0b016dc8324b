package io.belay.agent.boundary;

import java.util.List;

/**
 * R2DBC, whatever the driver: factories are met where one is asked for, connections, statements and
 * results when one comes out. Each subscription is decided about; its signals are its run's.
 *
 * <p>Blast radius of an abort: the subscription is cancelled; the connection lives.
 */
final class R2dbcBoundary implements Boundary {
  private static final List<String> FACTORIES =
      List.of(
          "io.r2dbc.pool.ConnectionPool",
          "io.r2dbc.postgresql.PostgresqlConnectionFactory",
          "io.r2dbc.h2.H2ConnectionFactory",
          "org.mariadb.r2dbc.MariadbConnectionFactory",
          "io.asyncer.r2dbc.mysql.MySqlConnectionFactory",
          "io.r2dbc.mssql.MssqlConnectionFactory",
          "oracle.r2dbc.impl.OracleConnectionFactoryImpl");

  @Override
  public String name() {
    return "r2dbc";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("io.r2dbc.spi.ConnectionFactories")
        .discover("find", 1, "r2dbc.factory")
        .in("r2dbc.factory", FACTORIES)
        .subscribed("create", 0, "connect", "r2dbc.connection")
        .inDiscovered("r2dbc.connection")
        .subscribed("beginTransaction", 0, "begin", "")
        .subscribed("beginTransaction", 1, "begin", "")
        .subscribed("commitTransaction", 0, "commit", "")
        .subscribed("setAutoCommit", 1, "auto_commit", "")
        .subscribed("createSavepoint", 1, "savepoint", "")
        .subscribed("rollbackTransaction", 0, "rollback", "")
        .subscribed("close", 0, "passes", "")
        .subscribed("validate", 1, "spared", "")
        .belongs("createStatement", 1, "r2dbc.statement")
        .statement("createStatement", "r2dbc.statement")
        .belongs("createBatch", 0, "r2dbc.statement")
        .inDiscovered("r2dbc.statement")
        .subscribed("execute", 0, "statement", "r2dbc.result")
        .batch("add", "java.lang.String")
        .inDiscovered("r2dbc.result")
        .subscribed("map", 1, "rows", "")
        .subscribed("flatMap", 1, "rows", "")
        .subscribed("getRowsUpdated", 0, "rows", "")
        .subscribed("filter", 1, "rows", "r2dbc.result")
        // A pool serves whoever waits next, on whichever thread comes by.
        .in("reactor.pool.SimpleDequePool")
        .noRun("drainLoop");
  }
}
