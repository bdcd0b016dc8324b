package io.belay.agent.boundary;

import java.util.List;

/**
 * Classes that are woven as they load, so that nothing of them runs unwoven and nothing has to be
 * woven again. All others are discovered when the first one of them is made.
 */
final class JdbcTypes {
  static final List<String> DRIVERS =
      List.of(
          "org.postgresql.Driver",
          "com.mysql.cj.jdbc.NonRegisteringDriver",
          "org.mariadb.jdbc.Driver",
          "org.h2.Driver",
          "org.hsqldb.jdbc.JDBCDriver",
          "org.sqlite.JDBC",
          "org.apache.derby.iapi.jdbc.AutoloadedDriver",
          "com.microsoft.sqlserver.jdbc.SQLServerDriver",
          "oracle.jdbc.driver.OracleDriver");

  static final List<String> DATA_SOURCES =
      List.of(
          "com.zaxxer.hikari.HikariDataSource",
          "org.apache.commons.dbcp2.BasicDataSource",
          "org.apache.commons.dbcp2.PoolingDataSource",
          "org.apache.commons.dbcp2.datasources.InstanceKeyDataSource",
          "com.mchange.v2.c3p0.impl.AbstractPoolBackedDataSource",
          "com.mchange.v2.c3p0.DriverManagerDataSource",
          "io.agroal.pool.DataSource",
          "org.apache.tomcat.jdbc.pool.DataSourceProxy",
          "com.p6spy.engine.spy.P6DataSource",
          "com.alibaba.druid.pool.DruidDataSource",
          "oracle.ucp.jdbc.PoolDataSourceImpl",
          "org.postgresql.ds.common.BaseDataSource",
          "org.h2.jdbcx.JdbcDataSource",
          "com.mysql.cj.jdbc.MysqlDataSource",
          "org.mariadb.jdbc.MariaDbDataSource",
          "org.mariadb.jdbc.MariaDbPoolDataSource",
          "org.hsqldb.jdbc.JDBCDataSource",
          "org.sqlite.SQLiteDataSource",
          "org.apache.derby.jdbc.EmbeddedDataSource",
          "org.apache.derby.jdbc.BasicEmbeddedDataSource40",
          "com.microsoft.sqlserver.jdbc.SQLServerDataSource",
          "oracle.jdbc.pool.OracleDataSource");

  static final List<String> CONNECTIONS =
      List.of(
          "com.zaxxer.hikari.pool.HikariProxyConnection",
          "org.apache.commons.dbcp2.DelegatingConnection",
          "org.apache.commons.dbcp2.PoolableConnection",
          "org.apache.commons.dbcp2.PoolingDataSource$PoolGuardConnectionWrapper",
          "com.mchange.v2.c3p0.impl.NewProxyConnection",
          "io.agroal.pool.wrapper.ConnectionWrapper",
          "com.p6spy.engine.wrapper.ConnectionWrapper",
          "com.alibaba.druid.pool.DruidPooledConnection",
          "org.postgresql.jdbc.PgConnection",
          "com.mysql.cj.jdbc.ConnectionImpl",
          "com.mysql.cj.jdbc.ConnectionWrapper",
          "org.mariadb.jdbc.Connection",
          "org.mariadb.jdbc.MariaDbConnection",
          "org.h2.jdbc.JdbcConnection",
          "org.hsqldb.jdbc.JDBCConnection",
          "org.sqlite.SQLiteConnection",
          "org.sqlite.jdbc3.JDBC3Connection",
          "org.sqlite.jdbc4.JDBC4Connection",
          "org.apache.derby.impl.jdbc.EmbedConnection",
          "com.microsoft.sqlserver.jdbc.SQLServerConnection");

  /** Statements of all sorts: the methods tell them apart. */
  static final List<String> STATEMENTS =
      List.of(
          "com.zaxxer.hikari.pool.HikariProxyStatement",
          "com.zaxxer.hikari.pool.HikariProxyPreparedStatement",
          "com.zaxxer.hikari.pool.HikariProxyCallableStatement",
          "org.apache.commons.dbcp2.DelegatingStatement",
          "org.apache.commons.dbcp2.DelegatingPreparedStatement",
          "com.mchange.v2.c3p0.impl.NewProxyStatement",
          "com.mchange.v2.c3p0.impl.NewProxyPreparedStatement",
          "com.mchange.v2.c3p0.impl.NewProxyCallableStatement",
          "io.agroal.pool.wrapper.StatementWrapper",
          "io.agroal.pool.wrapper.PreparedStatementWrapper",
          "io.agroal.pool.wrapper.CallableStatementWrapper",
          "com.p6spy.engine.wrapper.StatementWrapper",
          "com.p6spy.engine.wrapper.PreparedStatementWrapper",
          "org.postgresql.jdbc.PgStatement",
          "org.postgresql.jdbc.PgPreparedStatement",
          "org.postgresql.jdbc.PgCallableStatement",
          "com.mysql.cj.jdbc.StatementImpl",
          "com.mysql.cj.jdbc.ClientPreparedStatement",
          "com.mysql.cj.jdbc.CallableStatement",
          "org.mariadb.jdbc.Statement",
          "org.mariadb.jdbc.ClientPreparedStatement",
          "org.mariadb.jdbc.ServerPreparedStatement",
          "org.mariadb.jdbc.BaseCallableStatement",
          "org.h2.jdbc.JdbcStatement",
          "org.h2.jdbc.JdbcPreparedStatement",
          "org.h2.jdbc.JdbcCallableStatement",
          "org.hsqldb.jdbc.JDBCStatement",
          "org.hsqldb.jdbc.JDBCPreparedStatement",
          "org.sqlite.jdbc3.JDBC3Statement",
          "org.sqlite.jdbc3.JDBC3PreparedStatement",
          "org.sqlite.jdbc4.JDBC4Statement",
          "org.apache.derby.impl.jdbc.EmbedStatement",
          "org.apache.derby.impl.jdbc.EmbedPreparedStatement",
          "com.microsoft.sqlserver.jdbc.SQLServerStatement",
          "com.microsoft.sqlserver.jdbc.SQLServerPreparedStatement");

  static final List<String> RESULT_SETS =
      List.of(
          "com.zaxxer.hikari.pool.HikariProxyResultSet",
          "org.apache.commons.dbcp2.DelegatingResultSet",
          "com.mchange.v2.c3p0.impl.NewProxyResultSet",
          "io.agroal.pool.wrapper.ResultSetWrapper",
          "com.p6spy.engine.wrapper.ResultSetWrapper",
          "org.postgresql.jdbc.PgResultSet",
          "com.mysql.cj.jdbc.result.ResultSetImpl",
          "com.mysql.cj.jdbc.result.UpdatableResultSet",
          "org.mariadb.jdbc.client.result.Result",
          "org.mariadb.jdbc.client.result.CompleteResult",
          "org.mariadb.jdbc.client.result.StreamingResult",
          "org.mariadb.jdbc.client.result.UpdatableResult",
          "org.mariadb.jdbc.internal.com.read.resultset.SelectResultSet",
          "org.mariadb.jdbc.internal.com.read.resultset.UpdatableResultSet",
          "org.h2.jdbc.JdbcResultSet",
          "org.hsqldb.jdbc.JDBCResultSet",
          "org.sqlite.jdbc3.JDBC3ResultSet",
          "org.sqlite.jdbc4.JDBC4ResultSet",
          "org.apache.derby.impl.jdbc.EmbedResultSet",
          "org.apache.derby.impl.jdbc.EmbedResultSet42",
          "com.microsoft.sqlserver.jdbc.SQLServerResultSet");

  static final List<String> XA_DATA_SOURCES =
      List.of(
          "org.postgresql.xa.PGXADataSource",
          "org.h2.jdbcx.JdbcDataSource",
          "com.mysql.cj.jdbc.MysqlXADataSource",
          "org.mariadb.jdbc.MariaDbDataSource",
          "org.mariadb.jdbc.MariaDbPoolDataSource",
          "org.apache.derby.jdbc.EmbeddedXADataSource",
          "org.apache.derby.jdbc.BasicEmbeddedXADataSource40",
          "org.hsqldb.jdbc.pool.JDBCXADataSource",
          "com.microsoft.sqlserver.jdbc.SQLServerXADataSource",
          "oracle.jdbc.xa.client.OracleXADataSource");

  static final List<String> XA_CONNECTIONS =
      List.of(
          "org.postgresql.xa.PGXAConnection",
          "org.h2.jdbcx.JdbcXAConnection",
          "com.mysql.cj.jdbc.MysqlXAConnection",
          "com.mysql.cj.jdbc.MysqlPooledConnection",
          "org.mariadb.jdbc.MariaDbPoolConnection",
          "org.mariadb.jdbc.MariaDbXAConnection",
          "org.apache.derby.jdbc.EmbedXAConnection",
          "org.hsqldb.jdbc.pool.JDBCXAConnection",
          "com.microsoft.sqlserver.jdbc.SQLServerXAConnection",
          "oracle.jdbc.xa.client.OracleXAConnection");

  static final List<String> XA_RESOURCES =
      List.of(
          "org.postgresql.xa.PGXAConnection",
          "org.h2.jdbcx.JdbcXAConnection",
          "com.mysql.cj.jdbc.MysqlXAConnection",
          "org.mariadb.jdbc.MariaDbPoolConnection$MariaDbXAResource",
          "org.mariadb.jdbc.MariaDbXAResource",
          "org.apache.derby.jdbc.EmbedXAResource",
          "org.hsqldb.jdbc.pool.JDBCXAResource",
          "com.microsoft.sqlserver.jdbc.SQLServerXAResource",
          "oracle.jdbc.xa.OracleXAResource");

  private JdbcTypes() {}
}
