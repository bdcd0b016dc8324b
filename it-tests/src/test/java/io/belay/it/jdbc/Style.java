package io.belay.it.jdbc;

import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * How an application works with its database: by hand or through a framework. Made with a
 * constructor without arguments, once for each application that is started.
 */
interface Style {
  /** Begins a transaction, lets {@code body} work in it, and commits; rolls back what throws. */
  void transaction(DataSource pool, Body body) throws Exception;

  /** What is done in the transaction. */
  @FunctionalInterface
  interface Body {
    /** Does it. */
    void in(Writer writer) throws Exception;
  }

  /** What the style offers in the middle of a transaction. */
  interface Writer {
    /** Writes a row. */
    void insert(String who) throws SQLException;

    /** Asks for one number. */
    void query(String sql) throws SQLException;
  }
}
