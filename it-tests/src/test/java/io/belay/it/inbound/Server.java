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
      List.of("/later", "/stream", "/async", "/emit", "/forget");

  static Server of(Setting setting) {
    return switch (setting.libraries().replaceFirst("-.*", "")) {
      case "tomcat" -> new Server(TomcatApp.class, SERVLET, ".*SEVERE.*", "done", false);
      case "jetty" -> new Server(JettyApp.class, SERVLET, ".*(WARN|ERROR).*jetty.*", "done", false);
      case "undertow" -> new Server(UndertowApp.class, SERVLET, ".*ERROR.*", "done", false);
      default ->
          new Server(JdkApp.class, List.of("/later", "/stream"), ".*SEVERE.*", "done", false);
    };
  }

  /** One that is told by its connection that a client has left. */
  static Server of(Class<? extends App> app, String ordinary) {
    return new Server(app, List.of("/later", "/stream"), ".*(SEVERE|ERROR) .*", ordinary, false);
  }

  /** Starts it, unless that was done; answers its port. */
  int start(Jvm jvm) {
    return Integer.parseInt(jvm.serve(app).result());
  }

  List<String> ways(String further) {
    return Stream.concat(Stream.of(further), ways.stream()).toList();
  }

  @Override
  public String toString() {
    return app.getSimpleName();
  }
}
