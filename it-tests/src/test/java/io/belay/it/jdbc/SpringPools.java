package io.belay.it.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** What Spring puts before a pool: connections that are proxies of the JDK's. */
final class SpringPools {
  private SpringPools() {}

  /** Borrows when the first statement is made, and sets auto-commit then. */
  static final class Lazy implements Pools.Maker {
    @Override
    public DataSource make(String url) {
      return new LazyConnectionDataSourceProxy(Pools.of("hikari", url));
    }
  }

  /** Shows each borrower in a transaction of Spring's the connection of that. */
  static final class Aware implements Pools.Maker {
    @Override
    public DataSource make(String url) {
      return new TransactionAwareDataSourceProxy(Pools.of("hikari", url));
    }
  }

  /** Code that knows nothing of the transaction that it works in, and opens and closes freely. */
  static final class InTransaction extends SpringStyle {
    @Override
    Writer writer(DataSource pool) {
      DataSource aware = new TransactionAwareDataSourceProxy(pool);
      return new Writer() {
        @Override
        public void insert(String who) throws SQLException {
          try (Connection connection = aware.getConnection()) {
            new PlainStyle.OnConnection(connection).insert(who);
          }
        }

        @Override
        public void query(String sql) throws SQLException {
          try (Connection connection = aware.getConnection()) {
            new PlainStyle.OnConnection(connection).query(sql);
          }
        }
      };
    }
  }
}
