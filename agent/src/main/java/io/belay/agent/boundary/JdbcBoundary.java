package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.SQL;

/**
 * JDBC, whatever the driver: drivers are met when they register, connections when one is opened,
 * statements when one is made, and woven then. What one does with them is in those that follow.
 *
 * <p>Blast radius of an abort: a thread that waits for a connection is interrupted.
 */
final class JdbcBoundary implements Boundary {
  private static final String TEXT = "java.lang.String";

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("java.sql.DriverManager")
        .discoverGiven("registerDriver", "jdbc.driver", "java.sql.Driver", "java.sql.DriverAction")
        .in("jdbc.driver", JdbcTypes.DRIVERS)
        .guard(SQL, "connect", TEXT, "java.util.Properties")
        .abort("interrupt")
        .discover("connect", 2, "jdbc.connection")
        .in("jdbc.data-source", JdbcTypes.DATA_SOURCES)
        .guard(SQL, "getConnection", 0)
        .abort("interrupt")
        .guard(SQL, "getConnection", TEXT, TEXT)
        .abort("interrupt")
        .discover("getConnection", 0, "jdbc.connection")
        .discover("getConnection", 2, "jdbc.connection")
        // Spring makes errors of its own of a refusal here, which callers may try again.
        .in("org.springframework.jdbc.datasource.DataSourceUtils")
        .tell("getConnection", 1)
        .in("org.springframework.transaction.support.AbstractPlatformTransactionManager")
        .tell("getTransaction", 1)
        .tell("commit", 1);
  }
}
