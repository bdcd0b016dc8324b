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
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** Tomcat 9 to 11. The servlet is made by reflection, since its API changed its name in between. */
final class TomcatApp implements App {
  /** Held, since a logger that nobody holds forgets its level. */
  private static final Logger LOGGER = Logger.getLogger("org.apache");

  /** Adds what the server is to serve. */
  interface Deployment {
    void deploy(Tomcat tomcat) throws Exception;
  }

  @Override
  public String run(String... args) throws Exception {
    return start(args[0], TomcatApp::deploy);
  }

  /** Starts the server; answers its ports. */
  static String start(String keyStore, Deployment deployment) throws Exception {
    LOGGER.setLevel(Level.SEVERE);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
    Connector secure = secure(keyStore);
    tomcat.getService().addConnector(secure);
    deployment.deploy(tomcat);
    tomcat.start();
    return tomcat.getConnector().getLocalPort() + " " + secure.getLocalPort();
  }

  private static Connector secure(String keyStore) {
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate key =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    key.setCertificateKeystoreFile(keyStore);
    key.setCertificateKeystorePassword(Tls.PASSWORD);
    host.addCertificate(key);
    Connector secure = new Connector();
    secure.setPort(0);
    secure.setProperty("address", "127.0.0.1");
    secure.setProperty("SSLEnabled", "true");
    secure.addSslHostConfig(host);
    secure.addUpgradeProtocol(new Http2Protocol());
    return secure;
  }

  private static void deploy(Tomcat tomcat) throws Exception {
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
