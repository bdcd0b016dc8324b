package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.SQL;

/**
 * How JDBC statements are executed, each method in the forms that JDBC gives it.
 *
 * <p>Blast radius of an abort: one statement; on SQLite, whatever its connection is doing.
 */
final class JdbcStatementBoundary implements Boundary {
  private static final String TEXT = "java.lang.String";

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("jdbc.statement", JdbcTypes.STATEMENTS)
        .guard(SQL, "execute", 0)
        .text("prepared")
        .abort("cancel")
        .guard(SQL, "execute", TEXT)
        .text("argument")
        .abort("cancel")
        .guard(SQL, "execute", TEXT, "*")
        .text("argument")
        .abort("cancel")
        .guard(SQL, "executeUpdate", 0)
        .text("prepared")
        .abort("cancel")
        .guard(SQL, "executeUpdate", TEXT)
        .text("argument")
        .abort("cancel")
        .guard(SQL, "executeUpdate", TEXT, "*")
        .text("argument")
        .abort("cancel")
        .guard(SQL, "executeLarge*", 0)
        .text("prepared")
        .abort("cancel")
        .guard(SQL, "executeLargeUpdate", TEXT)
        .text("argument")
        .abort("cancel")
        .guard(SQL, "executeLargeUpdate", TEXT, "*")
        .text("argument")
        .abort("cancel")
        .guard(SQL, "executeQuery", 0)
        .text("query")
        .abort("cancel")
        .guard(SQL, "executeQuery", TEXT)
        .text("argument")
        .abort("cancel")
        .guard(SQL, "executeBatch", 0)
        .text("prepared")
        .abort("cancel")
        .batch("addBatch", TEXT);
  }
}
