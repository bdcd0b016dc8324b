package io.belay.it.inbound;

import io.belay.it.harness.App;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import java.net.InetSocketAddress;

/** Undertow with servlets. */
final class UndertowApp implements App {
  @Override
  public String run(String... args) throws Exception {
    DeploymentManager manager =
        Servlets.defaultContainer()
            .addDeployment(
                Servlets.deployment()
                    .setClassLoader(UndertowApp.class.getClassLoader())
                    .setContextPath("/")
                    .setDeploymentName("it")
                    .addServlets(
                        Servlets.servlet("servlet", JakartaServlet.class)
                            .addMapping("/*")
                            .setAsyncSupported(true)));
    manager.deploy();
    Undertow server =
        Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(manager.start()).build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return String.valueOf(address.getPort());
  }
}
