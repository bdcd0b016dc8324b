package io.belay.it.jdbc;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import javax.sql.DataSource;

/** c3p0. */
final class C3p0Pool implements Pools.Maker {
  @Override
  public DataSource make(String url) {
    ComboPooledDataSource pool = new ComboPooledDataSource();
    pool.setJdbcUrl(url);
    pool.setInitialPoolSize(1);
    pool.setMinPoolSize(1);
    pool.setMaxPoolSize(1);
    return pool;
  }
}
