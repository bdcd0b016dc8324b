package io.belay.agent.control;

import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** The part of {@link JmxControl} that names JMX types. */
final class MBeans {
  private MBeans() {}

  /** Registers {@code bean} with the platform's server; {@code false} when there is none yet. */
  static boolean join(String name, RunsMXBean bean) throws JMException {
    MBeanServer server = platformServer();
    if (server == null) {
      return false;
    }
    try {
      server.registerMBean(bean, new ObjectName(name));
    } catch (InstanceAlreadyExistsException e) {
      server.unregisterMBean(new ObjectName(name));
      server.registerMBean(bean, new ObjectName(name));
    }
    return true;
  }

  static void leave(String name) throws JMException {
    MBeanServer server = platformServer();
    if (server != null && server.isRegistered(new ObjectName(name))) {
      server.unregisterMBean(new ObjectName(name));
    }
  }

  /** Unlike {@code ManagementFactory.getPlatformMBeanServer} this makes none. */
  private static @Nullable MBeanServer platformServer() throws JMException {
    ObjectName everyJvmHas = new ObjectName("java.lang:type=Runtime");
    for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
      if (server.isRegistered(everyJvmHas)) {
        return server;
      }
    }
    return null;
  }
}
