package io.belay.agent.boundary;

/**
 * Hibernate 5 to 7, over whatever driver. Its transactions are stopped in JDBC below; on the way up
 * it makes an exception of its own of a refused commit, and from 7 on throws another one from the
 * rollback with which the application answers that.
 */
final class HibernateBoundary implements Boundary {
  @Override
  public String name() {
    return "hibernate";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("org.hibernate.engine.transaction.internal.TransactionImpl")
        .tell("commit", 0)
        .tell("rollback", 0);
  }
}
