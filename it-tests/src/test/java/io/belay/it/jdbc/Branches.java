package io.belay.it.jdbc;

import io.belay.it.harness.App;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.xa.PGXADataSource;

/**
 * A branch of a distributed transaction, written by a run that is stopped and ended in the way that
 * argument 2 names, by the run itself or by somebody else afterwards. Arguments: key, URL, way.
 * Answers what whoever ended it was told, how many rows there are then, how many branches are in
 * doubt, and whether the next branch of the same connection went through.
 */
final class Branches implements App {
  private static final String DERBY = "jdbc:derby:";

  private record Id(byte[] getGlobalTransactionId) implements Xid {
    @Override
    public int getFormatId() {
      return 4711;
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return getGlobalTransactionId.clone();
    }

    @Override
    public byte[] getBranchQualifier() {
      return new byte[] {1};
    }

    static Id of(String name) {
      return new Id(name.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public String run(String... args) throws Exception {
    String way = args[2];
    XAConnection session = source(args[1]).getXAConnection();
    try {
      XAResource resource = session.getXAResource();
      Connection connection = session.getConnection();
      if (!args[1].startsWith(DERBY)) { // Whose databases are new each time.
        execute(connection, "drop table if exists branch");
      }
      execute(connection, "create table branch (who varchar(40))");
      Xid id = Id.of(args[0]);
      String told =
          Stops.run(
              args[0],
              () -> {
                write(resource, connection, id);
                if (way.contains("second phase")) {
                  resource.prepare(id);
                }
                Stops.stop();
                return way.endsWith("by another") ? "" : end(resource, id, way);
              });
      told = way.endsWith("by another") ? end(resource, id, way) : told;
      int rows = rows(connection);
      int doubts = resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN).length;
      Xid next = Id.of(args[0] + " next");
      write(resource, connection, next);
      resource.prepare(next);
      resource.commit(next, false);
      boolean served = rows(connection) == rows + 1;
      return told + ", rows " + rows + ", in doubt " + doubts + (served ? "" : ", next lost");
    } finally {
      session.close();
    }
  }

  private static String end(XAResource resource, Xid id, String way) {
    try {
      if (way.startsWith("prepare")) {
        resource.prepare(id);
        resource.commit(id, false);
      } else {
        resource.commit(id, way.startsWith("one phase"));
      }
      return "done";
    } catch (XAException refused) {
      return refused.errorCode == XAException.XA_RBROLLBACK ? "rolled back" : refused.toString();
    }
  }

  private static void write(XAResource resource, Connection connection, Xid id)
      throws XAException, SQLException {
    resource.start(id, XAResource.TMNOFLAGS);
    execute(connection, "insert into branch values ('x')");
    resource.end(id, XAResource.TMSUCCESS);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from branch")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static XADataSource source(String url) throws ReflectiveOperationException {
    if (url.startsWith(DERBY)) {
      Object source =
          Class.forName("org.apache.derby.jdbc.EmbeddedXADataSource")
              .getDeclaredConstructor()
              .newInstance();
      source
          .getClass()
          .getMethod("setDatabaseName", String.class)
          .invoke(source, url.substring(DERBY.length()));
      source.getClass().getMethod("setCreateDatabase", String.class).invoke(source, "create");
      return (XADataSource) source;
    }
    if (url.startsWith("jdbc:h2:")) {
      JdbcDataSource source = new JdbcDataSource();
      source.setURL(url);
      return source;
    }
    PGXADataSource source = new PGXADataSource();
    source.setURL(url);
    return source;
  }
}
