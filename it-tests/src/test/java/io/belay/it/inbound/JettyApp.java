package io.belay.it.inbound;

import io.belay.it.harness.App;
import jakarta.servlet.Servlet;
import java.lang.reflect.Array;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Jetty 11 and 12, by reflection: 12 has renamed the half of what is needed. */
final class JettyApp implements App {
  @Override
  public String run(String... args) throws Exception {
    Object server =
        Class.forName("org.eclipse.jetty.server.Server")
            .getConstructor(InetSocketAddress.class)
            .newInstance(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Object context = servlets("ServletContextHandler").getConstructor().newInstance();
    Object holder =
        servlets("ServletHolder").getConstructor(Servlet.class).newInstance(new JakartaServlet());
    ServletPart.call(holder, "setAsyncSupported", true);
    ServletPart.call(context, "setContextPath", "/");
    context
        .getClass()
        .getMethod("addServlet", holder.getClass(), String.class)
        .invoke(context, holder, "/*");
    ServletPart.call(server, "setHandler", context);
    ServletPart.call(server, "start");
    Object connector = Array.get(ServletPart.call(server, "getConnectors"), 0);
    return String.valueOf(ServletPart.call(connector, "getLocalPort"));
  }

  private static Class<?> servlets(String name) throws ClassNotFoundException {
    try {
      return Class.forName("org.eclipse.jetty.ee10.servlet." + name);
    } catch (ClassNotFoundException older) {
      return Class.forName("org.eclipse.jetty.servlet." + name);
    }
  }
}
