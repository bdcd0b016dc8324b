package io.belay.it.inbound;

import io.belay.it.harness.App;
import jakarta.servlet.ServletContainerInitializer;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** WebSockets of Tomcat 10.1 and 11. */
final class TomcatSocketApp implements App {
  @Override
  public String run(String... args) throws Exception {
    return TomcatApp.start(args[0], TomcatSocketApp::deploy);
  }

  private static void deploy(Tomcat tomcat) throws ReflectiveOperationException {
    Context context = tomcat.addContext("", null);
    // By name, since its annotations are not there to compile with.
    Class<?> sockets = Class.forName("org.apache.tomcat.websocket.server.WsSci");
    context.addServletContainerInitializer(
        (ServletContainerInitializer) sockets.getConstructor().newInstance(), Set.of());
    context.addServletContainerInitializer((none, served) -> SocketPart.add(served), Set.of());
    Tomcat.addServlet(context, "servlet", new JakartaServlet()).addMapping("/*");
  }
}
