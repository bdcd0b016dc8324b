package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.SQL;

/**
 * How rows are written past JDBC statements: through result sets and the side doors of drivers. A
 * {@code COPY} is cancelled at its next chunk, anything else here finishes.
 */
final class JdbcRowBoundary implements Boundary {
  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("jdbc.result-set", JdbcTypes.RESULT_SETS)
        .guard(SQL, "insertRow", 0)
        .text("row")
        .guard(SQL, "updateRow", 0)
        .text("row")
        .guard(SQL, "deleteRow", 0)
        .text("row")
        .in("org.postgresql.copy.CopyManager")
        .guardAll(SQL, "copyIn")
        .text("argument")
        .in("org.postgresql.core.v3.CopyInImpl")
        .checkAll("writeToCopy")
        .in("org.postgresql.largeobject.LargeObject")
        .guardAll(SQL, "write")
        .text("row");
  }
}
