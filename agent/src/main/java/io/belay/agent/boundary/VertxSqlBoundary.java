package io.belay.agent.boundary;

/**
 * The SQL clients of Vert.x, 4.5 and 5: every command goes by {@code schedule}, first of a pool,
 * which may have to wait, then of its connection, where it is asked about.
 *
 * <p>Blast radius of an abort: one statement, ended by PostgreSQL; others go on on their server.
 */
final class VertxSqlBoundary implements Boundary {
  private static final String CLIENT = "io.vertx.sqlclient.";

  @Override
  public String name() {
    return "vertx-sql";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in(CLIENT + "impl.PoolImpl", CLIENT + "internal.pool.PoolImpl")
        .command("schedule", 2, "sets out")
        .adapter("VertxSqlAdapter")
        .command("getConnection", 0, "sends")
        .adapter("VertxSqlAdapter")
        .in(CLIENT + "impl.SocketConnectionBase")
        .command("schedule", 2, "sends")
        .adapter("VertxSqlAdapter")
        .in("io.vertx.pgclient.impl.PgConnectionImpl")
        .command("connect", 2, "sends")
        .adapter("VertxSqlAdapter")
        .in("io.vertx.mysqlclient.impl.MySQLConnectionImpl")
        .command("connect", 2, "sends")
        .adapter("VertxSqlAdapter");
  }
}
