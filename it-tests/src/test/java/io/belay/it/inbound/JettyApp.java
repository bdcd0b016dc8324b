package io.belay.it.inbound;

import io.belay.it.harness.App;
import jakarta.servlet.Servlet;
import java.lang.reflect.Array;

/** Jetty 11 and 12, by reflection: 12 has renamed the half of what is needed. */
final class JettyApp implements App {
  @Override
  public String run(String... args) throws Exception {
    Object server = Class.forName("org.eclipse.jetty.server.Server").getConstructor().newInstance();
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
    Object http = configured("org.eclipse.jetty.server.HttpConnectionFactory");
    Object http2 = configured("org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory");
    Object plain = connector(server, http, http2);
    Object keys = named("org.eclipse.jetty.util.ssl.SslContextFactory$Server");
    ServletPart.call(keys, "setSslContext", Tls.server(args[0]));
    Object tls =
        Class.forName("org.eclipse.jetty.server.SslConnectionFactory")
            .getConstructor(keys.getClass(), String.class)
            .newInstance(keys, "alpn");
    Object alpn =
        Class.forName("org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory")
            .getConstructor(String[].class)
            .newInstance((Object) new String[] {"h2", "http/1.1"});
    ServletPart.call(alpn, "setDefaultProtocol", "http/1.1");
    Object secure =
        connector(
            server,
            tls,
            alpn,
            configured("org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory"),
            configured("org.eclipse.jetty.server.HttpConnectionFactory"));
    ServletPart.call(server, "start");
    return ServletPart.call(plain, "getLocalPort") + " " + ServletPart.call(secure, "getLocalPort");
  }

  private static Object named(String type) throws ReflectiveOperationException {
    return Class.forName(type).getConstructor().newInstance();
  }

  private static Object configured(String factory) throws ReflectiveOperationException {
    Object configuration = named("org.eclipse.jetty.server.HttpConfiguration");
    return Class.forName(factory)
        .getConstructor(configuration.getClass())
        .newInstance(configuration);
  }

  private static Object connector(Object server, Object... protocols)
      throws ReflectiveOperationException {
    Class<?> factory = Class.forName("org.eclipse.jetty.server.ConnectionFactory");
    Object array = Array.newInstance(factory, protocols.length);
    for (int i = 0; i < protocols.length; i++) {
      Array.set(array, i, protocols[i]);
    }
    Object connector =
        Class.forName("org.eclipse.jetty.server.ServerConnector")
            .getConstructor(server.getClass(), array.getClass())
            .newInstance(server, array);
    ServletPart.call(connector, "setHost", "127.0.0.1");
    server
        .getClass()
        .getMethod("addConnector", Class.forName("org.eclipse.jetty.server.Connector"))
        .invoke(server, connector);
    return connector;
  }

  private static Class<?> servlets(String name) throws ClassNotFoundException {
    try {
      return Class.forName("org.eclipse.jetty.ee10.servlet." + name);
    } catch (ClassNotFoundException older) {
      return Class.forName("org.eclipse.jetty.servlet." + name);
    }
  }
}
