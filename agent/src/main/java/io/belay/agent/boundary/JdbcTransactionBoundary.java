package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.COMMIT;

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
        // H2 commits before it changes the level.
        .in("org.h2.jdbc.JdbcConnection")
        .guard(COMMIT, "setTransactionIsolation", 1)
        .ending("implicit")
        .in("jdbc.xa-resource", JdbcTypes.XA_RESOURCES)
        .guard(COMMIT, "prepare", 1)
        .ending("xa prepare")
        .guard(COMMIT, "commit", "*", "boolean")
        .ending("xa one phase");
  }
}
