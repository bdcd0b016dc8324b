package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.COMMIT;
import static io.belay.agent.run.Kind.SQL;

/** The ends of JDBC transactions, and what makes statements. A commit that has begun finishes. */
final class JdbcTransactionBoundary implements Boundary {
  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("jdbc.connection", JdbcTypes.CONNECTIONS)
        .guard(COMMIT, "commit", 0)
        .ending("commit")
        .guard(COMMIT, "setAutoCommit", "boolean")
        .ending("auto commit")
        .guard(COMMIT, "close", 0)
        .ending("close")
        .rollback("rollback", 0)
        .discover("createStatement", 0, "jdbc.statement")
        .discover("createStatement", 2, "jdbc.statement")
        .discover("createStatement", 3, "jdbc.statement")
        .statement("prepareStatement", "jdbc.statement")
        .statement("prepareCall", "jdbc.statement")
        .guard(SQL, "setSavepoint", 0)
        .text("savepoint")
        .guard(SQL, "setSavepoint", 1)
        .text("savepoint")
        .exempt("isValid")
        .exempt("releaseSavepoint")
        .exempt("getSchema")
        .exempt("setSchema")
        .exempt("getCatalog")
        .exempt("setCatalog")
        // Some commit before they change the level: H2, Derby.
        .guard(COMMIT, "setTransactionIsolation", 1)
        .ending("implicit");
  }
}
