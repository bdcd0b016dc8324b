package io.belay.it.inbound;

import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Every server whose requests are runs, in the version that is most used. */
class DisconnectIT {
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  @Scenario(
      libraries = {
        "newest",
        "tomcat-9.0.123",
        "tomcat-10.1.61",
        "tomcat-11.0.27",
        "jetty-11.0.26",
        "jetty-12.1.14",
        "undertow-2.3.26"
      })
  void requestsAreRunsThatEndWithTheirClients(Setting setting) {
    holds(setting, Server.of(setting));
  }

  @Scenario(libraries = "webflux-7.0.10")
  void thoseOfReactorNettyToo(Setting setting) {
    holds(setting, Server.REACTOR_NETTY);
  }

  @Scenario(libraries = "webflux-7.0.10")
  void thoseOfWebFluxToo(Setting setting) {
    holds(setting, Server.WEBFLUX);
  }

  @Scenario(libraries = "vertx-4.5.20")
  void thoseOfVertxToo(Setting setting) {
    holds(setting, Server.VERTX);
  }

  @Scenario(libraries = "mvc-7.0.10")
  void thoseOfSpringMvcToo(Setting setting) {
    holds(setting, Server.SPRING_MVC);
  }

  private static void holds(Setting setting, Server server) {
    new Departures(provider).endTheirRuns(setting, server);
  }
}
