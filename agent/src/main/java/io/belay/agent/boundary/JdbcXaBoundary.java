package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.COMMIT;
import static io.belay.agent.run.Kind.SQL;

/**
 * Distributed transactions: a branch is refused at the end of its first phase, or of its only one.
 * What ends a branch that is prepared passes, whatever the driver executes for it, since nobody may
 * leave it in doubt.
 *
 * <p>Blast radius of an abort: a thread that waits for a connection is interrupted.
 */
final class JdbcXaBoundary implements Boundary {
  private static final String TEXT = "java.lang.String";

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("jdbc.xa-data-source", JdbcTypes.XA_DATA_SOURCES)
        .guard(SQL, "getXAConnection", 0)
        .abort("interrupt")
        .guard(SQL, "getXAConnection", TEXT, TEXT)
        .abort("interrupt")
        .discover("getXAConnection", 0, "jdbc.xa-connection")
        .discover("getXAConnection", 2, "jdbc.xa-connection")
        .in("jdbc.xa-connection", JdbcTypes.XA_CONNECTIONS)
        .belongs("getConnection", 0, "jdbc.connection")
        .belongs("getXAResource", 0, "jdbc.xa-resource")
        .in("jdbc.xa-resource", JdbcTypes.XA_RESOURCES)
        .branch("start", 2)
        .guard(COMMIT, "prepare", 1)
        .ending("xa prepare")
        .guard(COMMIT, "commit", "*", "boolean")
        .ending("xa one phase")
        .rollback("rollback", 1)
        .exempt("rollback")
        .exempt("start")
        .exempt("end")
        .exempt("forget")
        .exempt("recover");
  }
}
