package io.belay.it.inbound;

import io.belay.it.harness.App;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Setting;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server under test.
 *
 * @param app starts it
 * @param ways how it may answer besides at once; each is the first segment of a path
 * @param errors what it would log of a failed request, as a regular expression
 * @param ordinary what becomes of an ordinary request whose client leaves, without Belay as with it
 * @param endsCallsByItself whether it tells the application that a client has left, also without
 *     Belay
 */
record Server(
    Class<? extends App> app,
    List<String> ways,
    String errors,
    String ordinary,
    boolean endsCallsByItself) {
  private static final List<String> SERVLET =
      List.of("/later", "/stream", "/async", "/emit", "/forget", "/swallow");

  static final Server SPRING_MVC =
      new Server(
          MvcApp.class,
          List.of("/callable", "/later", "/future", "/emit", "/stream", "/handled", "/senderror"),
          ".*(SEVERE|ERROR|WARN).*",
          "done",
          false);

  /** It cancels, which interrupts. */
  static final Server REACTOR_NETTY = told(ReactorApp.class, "disturbed");

  static final Server WEBFLUX = told(WebFluxApp.class, "disturbed");
  static final Server VERTX = told(VertxApp.class, "done");

  static Server of(Setting setting) {
    return switch (setting.libraries().replaceFirst("-.*", "")) {
      case "tomcat" -> new Server(TomcatApp.class, SERVLET, ".*SEVERE.*", "done", false);
      case "jetty" -> new Server(JettyApp.class, SERVLET, ".*(WARN|ERROR).*jetty.*", "done", false);
      case "undertow" ->
          new Server(
              UndertowApp.class, SERVLET, ".*ERROR(?!: UT005071: .*GET /a\\}).*", "done", false);
      default ->
          new Server(
              JdkApp.class, List.of("/later", "/stream", "/swallow"), ".*SEVERE.*", "done", false);
    };
  }

  /** One that is told by its connection that a client has left. */
  private static Server told(Class<? extends App> app, String ordinary) {
    return new Server(app, List.of("/later", "/stream"), ".*(SEVERE|ERROR) .*", ordinary, false);
  }

  /** Whether it speaks HTTP/2. */
  enum Http2 {
    NONE,
    PLAIN,
    TLS_TOO
  }

  /** Where it listens. */
  record Ports(int plain, int secure) {}

  Http2 http2() {
    return switch (app.getSimpleName()) {
      case "JdkApp" -> Http2.NONE;
      case "JettyApp", "TomcatApp", "UndertowApp", "MvcApp" -> Http2.TLS_TOO;
      default -> Http2.PLAIN;
    };
  }

  /** Whether it has a route that answers 202 and goes on. */
  boolean accepts() {
    return ways.contains("/swallow");
  }

  /** Starts it, unless that was done. */
  Ports start(Jvm jvm) {
    String[] ports = jvm.serve(app, Tls.keyStore()).result().split(" ");
    return new Ports(Integer.parseInt(ports[0]), Integer.parseInt(ports[1]));
  }

  /** In which of these a client's leaving is noticed over HTTP/2. */
  List<String> http2Endings() {
    return switch (app.getSimpleName()) {
      case "ReactorApp", "VertxApp" -> List.of("", "/later");
      default -> endings();
    };
  }

  /** One way each to answer at once, later and in pieces. */
  List<String> endings() {
    return List.of("", "/later", "/stream");
  }

  List<String> ways(String further) {
    return Stream.concat(Stream.of(further), ways.stream()).toList();
  }

  @Override
  public String toString() {
    return app.getSimpleName();
  }
}
