package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.COMMIT;
import static io.belay.agent.run.Kind.SQL;

/**
 * Where a cursor asks its database for more rows. Rows that have arrived are read on: they have
 * left nobody's JVM. Embedded databases compute each row when it is asked for.
 *
 * <p>Blast radius of an abort: PostgreSQL's statement is cancelled, others finish the fetch.
 */
final class JdbcFetchBoundary implements Boundary {
  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("org.postgresql.core.v3.QueryExecutorImpl")
        .guardAll(SQL, "fetch")
        .text("fetch")
        .abort("sendQueryCancel")
        .in("com.mysql.cj.protocol.a.result.ResultsetRowsCursor")
        .guard(SQL, "fetchMoreRows", 0)
        .text("fetch")
        .in(
            "org.mariadb.jdbc.client.result.StreamingResult",
            "org.mariadb.jdbc.internal.com.read.resultset.SelectResultSet")
        .guard(SQL, "nextStreamingValue", 0)
        .text("fetch")
        .in("org.h2.result.ResultRemote")
        .guard(SQL, "fetchAdditionalRows", 0)
        .text("fetch")
        .optional()
        .guard(SQL, "fetchRows", 1)
        .text("fetch")
        .optional()
        .in("com.microsoft.sqlserver.jdbc.SQLServerResultSet")
        .guardAll(SQL, "doServerFetch")
        .text("fetch")
        .in("org.sqlite.jdbc3.JDBC3ResultSet")
        .check("next", 0)
        .in("org.apache.derby.impl.jdbc.EmbedResultSet")
        .check("next", 0)
        // In auto-commit it commits what a cursor has changed when that is closed.
        .guard(SQL, "insertRow", 0)
        .text("held row")
        .guard(SQL, "updateRow", 0)
        .text("held row")
        .guard(SQL, "deleteRow", 0)
        .text("held row")
        .guard(COMMIT, "close", 0)
        .ending("rows");
  }
}
