package io.belay.it.inbound;

import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Servers and frameworks in the versions besides those of the ordinary build. */
class ServersMatrixIT {
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  @Scenario(libraries = "web-2024")
  void reactorNetty(Setting setting) {
    holds(setting, Server.REACTOR_NETTY);
  }

  @Scenario(libraries = "web-2024")
  void webFlux(Setting setting) {
    holds(setting, Server.WEBFLUX);
  }

  @Scenario(libraries = "web-2024")
  void springMvc(Setting setting) {
    holds(setting, Server.SPRING_MVC);
  }

  @Scenario(libraries = "vertx-5")
  void vertx(Setting setting) {
    holds(setting, Server.VERTX);
  }

  @Scenario(libraries = {"tomcat-11.0.27", "tomcat-9.0.123", "undertow-2.3.26", "jetty-11.0.26"})
  void containersBehindNginx(Setting setting) throws IOException {
    NginxIT.stopsBehind(provider, setting, Server.of(setting));
  }

  @Scenario(libraries = {"webflux-7.0.10", "web-2024"})
  void reactorNettyBehindNginx(Setting setting) throws IOException {
    NginxIT.stopsBehind(provider, setting, Server.REACTOR_NETTY);
  }

  @Scenario(libraries = {"vertx-4.5.20", "vertx-5"})
  void vertxBehindNginx(Setting setting) throws IOException {
    NginxIT.stopsBehind(provider, setting, Server.VERTX);
  }

  private static void holds(Setting setting, Server server) {
    new Departures(provider).endTheirRuns(setting, server);
  }
}
