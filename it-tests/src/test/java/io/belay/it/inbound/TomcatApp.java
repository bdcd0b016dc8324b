package io.belay.it.inbound;

import io.belay.it.harness.App;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** Tomcat 9 to 11. The servlet is made by reflection, since its API changed its name in between. */
final class TomcatApp implements App {
  @Override
  public String run(String... args) throws Exception {
    Logger.getLogger("org.apache").setLevel(Level.SEVERE);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    Wrapper wrapper = context.createWrapper();
    wrapper.setName("servlet");
    wrapper.setAsyncSupported(true);
    Method servlet =
        java.util.Arrays.stream(Wrapper.class.getMethods())
            .filter(method -> method.getName().equals("setServlet"))
            .findFirst()
            .orElseThrow();
    servlet.invoke(wrapper, servlet(servlet.getParameterTypes()[0]));
    context.addChild(wrapper);
    wrapper.addMapping("/*");
    tomcat.start();
    return String.valueOf(tomcat.getConnector().getLocalPort());
  }

  private static Object servlet(Class<?> type) {
    InvocationHandler handler =
        (proxy, method, args) -> {
          switch (method.getName()) {
            case "service" -> ServletPart.service(args[0], args[1]);
            case "toString" -> {
              return "servlet";
            }
            case "hashCode" -> {
              return 1;
            }
            default -> {}
          }
          return null;
        };
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
  }
}
