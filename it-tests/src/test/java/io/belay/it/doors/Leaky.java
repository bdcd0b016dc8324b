package io.belay.it.doors;

import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** An application with secrets where applications have them. */
final class Leaky {
  private Leaky() {}

  /** Writes a literal before and after it is told to go on. Arguments: the key. */
  static final class Writing implements App {
    @Override
    public String run(String... args) throws Exception {
      try (Connection connection =
              DriverManager.getConnection("jdbc:h2:mem:leaky", "sa", "s3cret-password");
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE IF NOT EXISTS t(v VARCHAR)");
        statement.execute("INSERT INTO t VALUES ('s3cret-literal')");
        Script.tell(args[0], "written");
        Script.await(args[0], "go on");
        statement.execute("UPDATE t SET v = 's3cret-literal' WHERE v <> 's3cret-other'");
        return "written twice";
      }
    }
  }

  /** All that JMX tells. Arguments: the id of a run that was stopped. */
  static final class Beans implements App {
    @Override
    public String run(String... args) throws Exception {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      ObjectName name = new ObjectName("io.belay:type=Runs");
      while (!server.isRegistered(name)) {
        LockSupport.parkNanos(10_000_000); // Belay looks once a second whether there is a server.
      }
      StringBuilder told = new StringBuilder();
      for (String attribute : new String[] {"Live", "Stopping"}) {
        told.append(server.getAttribute(name, attribute)).append('\n');
      }
      told.append(server.invoke(name, "list", new Object[0], new String[0])).append('\n');
      for (String operation : new String[] {"show", "report"}) {
        told.append(
                server.invoke(
                    name, operation, new Object[] {args[0]}, new String[] {String.class.getName()}))
            .append('\n');
      }
      return told.toString();
    }
  }
}
