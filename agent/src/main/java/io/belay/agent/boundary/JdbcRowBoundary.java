package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.COMMIT;
import static io.belay.agent.run.Kind.SQL;

/**
 * How rows are written past JDBC statements: through result sets and the side doors of drivers. A
 * {@code COPY} is cancelled at its next chunk or at its end, anything else here finishes.
 */
final class JdbcRowBoundary implements Boundary {
  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("jdbc.statement", JdbcTypes.STATEMENTS)
        .discover("getResultSet", 0, "jdbc.result-set")
        .in("jdbc.result-set", JdbcTypes.RESULT_SETS)
        .guard(SQL, "insertRow", 0)
        .text("row")
        .guard(SQL, "updateRow", 0)
        .text("row")
        .guard(SQL, "deleteRow", 0)
        .text("row")
        .in("org.postgresql.jdbc.PgConnection")
        .belongs("getCopyAPI", 0, "jdbc.copy")
        .belongs("getLargeObjectAPI", 0, "jdbc.large-objects")
        .in("org.postgresql.copy.CopyManager")
        .guardAll(SQL, "copyIn")
        .text("argument")
        .guardAll(SQL, "copyOut")
        .text("argument")
        .in("org.postgresql.core.v3.CopyInImpl")
        .guardAll(COMMIT, "writeToCopy")
        .ending("handle")
        .abort("cancelCopy")
        .guard(COMMIT, "endCopy", 0)
        .ending("handle")
        .abort("cancelCopy")
        .in("org.postgresql.largeobject.LargeObjectManager")
        .guardAll(SQL, "createLO")
        .text("row")
        .guardAll(SQL, "delete")
        .text("row")
        .in("org.postgresql.largeobject.LargeObject")
        .guardAll(SQL, "write")
        .text("row")
        .guardAll(SQL, "truncate*")
        .text("row")
        .in("com.microsoft.sqlserver.jdbc.SQLServerBulkCopy")
        .guardAll(SQL, "writeToServer")
        .text("row");
  }
}
