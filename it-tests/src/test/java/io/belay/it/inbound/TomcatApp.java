package io.belay.it.inbound;

import io.belay.it.harness.App;
import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/**
 * Tomcat 9 to 11. The servlet is made by reflection, since its API changed its name in between.
 * {@code /later} paths are answered after {@code startAsync}.
 */
final class TomcatApp implements App {
  @Override
  public String run(String... args) throws Exception {
    Logger.getLogger("org.apache").setLevel(Level.WARNING);
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
            case "service" -> service(args[0], args[1]);
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

  private static void service(Object request, Object response) throws Exception {
    String path = (String) call(request, "getRequestURI");
    String query = (String) call(request, "getQueryString");
    if (!path.startsWith("/later")
        || call(request, "getDispatcherType").toString().equals("ASYNC")) {
      String text = Handler.answer(path.startsWith("/later") ? "/" : path, query);
      call(response, "setContentLength", text.length());
      ((PrintWriter) call(response, "getWriter")).write(text);
      return;
    }
    Object async = call(request, "startAsync");
    Runnable work =
        () -> {
          try {
            Handler.answer(path.substring("/later".length()), query);
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          } finally {
            call(async, "dispatch");
          }
        };
    new Thread(work).start();
  }

  private static Object call(Object on, String name, Object... args) {
    for (Method method : on.getClass().getMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == args.length) {
        try {
          return method.invoke(on, args);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(name, e);
        }
      }
    }
    throw new IllegalArgumentException(name);
  }
}
