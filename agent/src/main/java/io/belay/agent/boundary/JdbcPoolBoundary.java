package io.belay.agent.boundary;

/**
 * Connection pools: what fills, tests and empties them serves every run, belongs to none, and is
 * never refused, or a pool would take a healthy connection for a broken one.
 */
final class JdbcPoolBoundary implements Boundary {
  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("com.zaxxer.hikari.pool.HikariPool")
        .exempt("createPoolEntry")
        .exempt("addBagItem")
        .noRun("fillPool")
        .in("com.zaxxer.hikari.pool.PoolBase")
        .exempt("newConnection")
        .exempt("isConnectionAlive")
        .exempt("isConnectionDead")
        .in("org.apache.commons.dbcp2.PoolableConnectionFactory")
        .exempt("makeObject")
        .exempt("validateObject")
        .exempt("activateObject")
        .exempt("passivateObject")
        .exempt("destroyObject")
        .in("com.mchange.v2.c3p0.impl.C3P0PooledConnectionPool")
        .exempt("testPooledConnection")
        .in("com.mchange.v2.async.ThreadPoolAsynchronousRunner$PoolThread")
        .exempt("run")
        .in("io.agroal.pool.ConnectionPool$CreateConnectionTask")
        .exempt("call")
        .in("org.apache.tomcat.jdbc.pool.PooledConnection")
        .exempt("connect")
        .exempt("validate")
        .exempt("disconnect");
  }
}
