package io.belay.it.inbound;

import io.belay.it.harness.App;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.protocol.http2.Http2UpgradeHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import java.net.InetSocketAddress;
import java.util.stream.Collectors;

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
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .addHttpsListener(0, "127.0.0.1", Tls.server(args[0]))
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setHandler(new Http2UpgradeHandler(manager.start()))
            .build();
    server.start();
    return server.getListenerInfo().stream()
        .map(listener -> String.valueOf(((InetSocketAddress) listener.getAddress()).getPort()))
        .collect(Collectors.joining(" "));
  }
}
