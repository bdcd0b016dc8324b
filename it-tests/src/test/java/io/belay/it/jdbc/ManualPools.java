package io.belay.it.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;

/** Pools whose connections are not in auto-commit to begin with, as some frameworks advise. */
final class ManualPools {
  private ManualPools() {}

  /** HikariCP, which rolls back what is returned open. */
  static final class Hikari implements Pools.Maker {
    @Override
    public DataSource make(String url) {
      HikariDataSource pool = (HikariDataSource) Pools.hikari(url);
      pool.setAutoCommit(false);
      return pool;
    }
  }

  /** DBCP, which does, too. */
  static final class Dbcp implements Pools.Maker {
    @Override
    public DataSource make(String url) {
      BasicDataSource pool = (BasicDataSource) Pools.dbcp(url);
      pool.setDefaultAutoCommit(false);
      return pool;
    }
  }

  /** tomcat-jdbc, which hands it on. */
  static final class Tomcat implements Pools.Maker {
    @Override
    public DataSource make(String url) {
      var pool = (org.apache.tomcat.jdbc.pool.DataSource) Pools.tomcat(url);
      pool.setDefaultAutoCommit(false);
      return pool;
    }
  }
}
