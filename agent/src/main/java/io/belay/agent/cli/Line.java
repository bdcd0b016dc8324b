package io.belay.agent.cli;

import io.belay.agent.control.LocalCaller;
import io.belay.agent.control.LocalControl;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** A line to Belay in another JVM. */
final class Line implements AutoCloseable {
  private final long pid;
  private final LocalCaller caller;
  private final Patience patience;

  private Line(long pid, LocalCaller caller, Patience patience) {
    this.pid = pid;
    this.caller = caller;
    this.patience = patience;
  }

  static Line to(Candidate candidate, Patience patience) {
    candidate.check();
    return to(candidate.pid(), new Jvm(candidate.pid(), patience).properties(), patience);
  }

  static Line to(long pid, Properties properties, Patience patience) {
    if (Jvm.version(properties).isEmpty()) {
      throw new Failure(
          Failure.FAILED,
          "JVM "
              + pid
              + " has no Belay in it; start it with -javaagent:belay.jar, or use"
              + " 'attach "
              + pid
              + "'");
    }
    try {
      String door = properties.getProperty(LocalControl.DOOR, "");
      return new Line(
          pid,
          new LocalCaller(door, System.getProperty("user.name", "?"), patience.millis()),
          patience);
    } catch (IOException silent) {
      throw new Failure(
          Failure.NOT_CONFIRMED,
          "Belay in JVM "
              + pid
              + " does not answer"
              + (silent.getMessage() == null ? "" : " (" + silent.getMessage() + ")")
              + "; if it runs in another container, run this command there");
    }
  }

  LocalCaller.Reply call(String method, String target, String body) {
    try {
      return caller.call(method, target, body);
    } catch (IOException gone) {
      if (!Candidate.isAlive(pid)) {
        throw new Failure(Failure.FAILED, "JVM " + pid + " has ended");
      }
      throw silent();
    }
  }

  /** That it does not answer. */
  Failure silent() {
    return new Failure(
        Failure.NOT_CONFIRMED,
        "JVM " + pid + " has not answered for " + Say.duration(patience.millis()));
  }

  /** The answer when it is not an error; else the error's text is the failure. */
  String ask(String method, String target, String body) {
    LocalCaller.Reply reply = call(method, target, body);
    if (reply.status() >= 400) {
      throw new Failure(Failure.FAILED, Node.read(reply.body()).text("detail"));
    }
    return reply.body();
  }

  String get(String target) {
    return ask("GET", target, "");
  }

  /** Whether Belay enforces nothing there. */
  boolean observes() {
    return Node.read(get("/about")).text("mode").equals("observe");
  }

  static String run(String id, String more) {
    return "/runs/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20") + more;
  }

  @Override
  public void close() {
    caller.close();
  }
}
