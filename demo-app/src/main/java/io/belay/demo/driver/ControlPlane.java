package io.belay.demo.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Belay as an operator sees it: a jar, a few options, and an HTTP address. */
final class ControlPlane {
  private static final String BUILD = "mvn -q -DskipUnitTests -pl agent -am package";
  private static final long START_SECONDS = 60;
  private static final int FIRST_PORT = 15_000;
  private static final int LAST_PORT = 30_000;

  private final Http http = new Http();
  private final Path jar;
  private final int port;

  private ControlPlane(Path jar, int port) {
    this.jar = jar;
    this.port = port;
  }

  /** Finds the jar: where {@code belay.jar} says, beside this jar, or where the build puts it. */
  static ControlPlane find() {
    String given = System.getProperty("belay.jar", "");
    List<Path> places = given.isEmpty() ? usualPlaces() : List.of(Path.of(given));
    for (Path place : places) {
      if (Files.isRegularFile(place)) {
        return new ControlPlane(place.toAbsolutePath().normalize(), freePort());
      }
    }
    throw new CannotStart(
        "belay.jar is not at " + places + ". This builds it, in the project's root: " + BUILD);
  }

  /** The JVM options that put Belay into the research assistant. */
  List<String> options() {
    return List.of(
        "-javaagent:" + jar,
        "-Dbelay.http.port=" + port,
        "-Dbelay.run.entrypoints=io.belay.demo.ResearchAgent#answer(id=0),"
            + "io.belay.demo.ResearchSubAgent#investigate(id=0)");
  }

  /** Waits until the control plane answers; it may come up a little after the application. */
  void awaitUp(ChildJvm app) {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < giveUp) {
      try {
        if (http.get(at("/runs")).status() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not yet.
      }
      Pause.millis(50);
    }
    throw new CannotStart("Belay does not answer on port " + port, app.lastWords());
  }

  /** Stops a run and returns the stop report, or what else was answered. */
  Http.Answer stop(String runId) throws IOException {
    JsonNode reason =
        JsonNodeFactory.instance.objectNode().put("reason", "Stop pressed in the demo");
    Http.Answer answer = http.post(at("/runs/" + runId + "/stop?wait=5s"), reason);
    boolean hasReport = answer.body().has("stop") || answer.status() >= 300;
    return hasReport ? answer : http.get(at("/runs/" + runId + "/report"));
  }

  private String at(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private static List<Path> usualPlaces() {
    try {
      URL here = ControlPlane.class.getProtectionDomain().getCodeSource().getLocation();
      Path target = Path.of(here.toURI()).resolveSibling("");
      Path built = target.resolve("../../agent/target/belay.jar").normalize();
      return List.of(target.resolve("belay.jar"), built);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Not one that the system gives to whoever asks for any: that may be taken at once. */
  private static int freePort() {
    IOException last = null;
    for (int i = 0; i < 100; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        last = taken;
      }
    }
    throw new CannotStart("there is no free port: " + last);
  }
}
