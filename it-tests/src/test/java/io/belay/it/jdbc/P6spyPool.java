package io.belay.it.jdbc;

import com.p6spy.engine.spy.P6DataSource;
import javax.sql.DataSource;

/** p6spy before a pool: everything that the pool hands out is wrapped once more. */
final class P6spyPool implements Pools.Maker {
  @Override
  public DataSource make(String url) {
    return new P6DataSource(Pools.of("hikari", url));
  }
}
