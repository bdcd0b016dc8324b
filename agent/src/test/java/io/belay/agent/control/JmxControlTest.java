package io.belay.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.run.Kind;
import java.lang.management.ManagementFactory;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Runs through the platform's MBean server, as any console sees them. */
class JmxControlTest {
  @Test
  void aRunIsSeenStoppedAndReportedOverJmx() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("io.belay:type=Runs");
    assertFalse(server.isRegistered(name));
    try (Door door = new Door();
        JmxControl jmx = new JmxControl(door.runs, door.budgets, door.journal())) {
      jmx.start();
      Door.await("the bean", () -> server.isRegistered(name));
      Door.await("the address", () -> jmx.address().equals("io.belay:type=Runs"));
      RunsMXBean runs = JMX.newMXBeanProxy(server, name, RunsMXBean.class);
      Door.Agent agent = door.agent("r1", Kind.COMMIT, "COMMIT");
      door.completed("r2");
      assertTrue(runs.getLive().contains("r1"));
      assertFalse(runs.getLive().contains("r2"));
      assertThrows(IllegalStateException.class, () -> runs.report("r1"));
      Object stopped =
          server.invoke(
              name,
              "stop",
              new Object[] {"r1", "from a console"},
              new String[] {String.class.getName(), String.class.getName()});
      assertEquals("stopping", stopped);
      assertEquals(1, runs.getStopping());
      assertTrue(runs.report("r1").contains("\"by\":\"jmx\",\"reason\":\"USER\""));
      assertTrue(runs.report("r1").contains("from a console"));
      assertEquals("stopping", runs.forceStop("r1", null));
      agent.finish();
      Door.await("quiet", () -> runs.show("r1").contains("\"status\":\"stopped\""));
      assertTrue(runs.list().startsWith("[{\"id\":\"jvm\""));
      assertThrows(IllegalStateException.class, () -> runs.stop("r2", ""));
      assertThrows(IllegalArgumentException.class, () -> runs.stop("r9", ""));
    }
    assertFalse(server.isRegistered(name));
  }
}
