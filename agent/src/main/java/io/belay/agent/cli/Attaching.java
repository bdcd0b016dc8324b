package io.belay.agent.cli;

import io.belay.agent.control.LocalControl;
import java.io.File;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** {@code attach}: puts Belay into a JVM, changes its settings there, or takes it out again. */
final class Attaching {
  private final Terminal terminal;
  private final boolean json;
  private final boolean force;
  private Patience patience;

  Attaching(Terminal terminal, boolean json, boolean force, Patience patience) {
    this.terminal = terminal;
    this.json = json;
    this.force = force;
    this.patience = patience;
  }

  int run(Candidate candidate, List<String> settings) {
    for (String setting : settings) {
      if (setting.indexOf('=') < 1) {
        throw Help.command("attach").misused("'" + setting + "' is no key=value");
      }
    }
    candidate.check();
    patience =
        patience.telling(
            () ->
                terminal.err.println(
                    "belay: JVM "
                        + candidate.pid()
                        + " has not answered yet; waiting for up to "
                        + Say.duration(patience.millis())
                        + " in all"));
    Jvm jvm = new Jvm(candidate.pid(), patience);
    Properties properties = jvm.properties();
    String arguments = String.join(",", settings);
    List<String> done = new ArrayList<>();
    if (!Jvm.version(properties).isEmpty()) {
      try (Line line = Line.to(candidate.pid(), properties, patience)) {
        String answer = change(line, candidate, arguments);
        Node.read(answer).all("done").forEach(each -> done.add(each.text()));
      }
    } else if (settings.contains("enabled=false") || settings.contains("belay.enabled=false")) {
      done.add("there is no Belay in JVM " + candidate.pid() + ", so there is nothing to detach");
    } else {
      load(candidate, jvm, arguments, done);
    }
    print(candidate, done);
    return 0;
  }

  private String change(Line line, Candidate candidate, String arguments) {
    try {
      return patience.of(
          () -> line.ask("POST", "/settings" + (force ? "?force=true" : ""), arguments),
          line.silent());
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception impossible) {
      throw new Failure(
          Failure.FAILED, "JVM " + candidate.pid() + " cannot be asked: " + impossible);
    }
  }

  private void load(Candidate candidate, Jvm jvm, String arguments, List<String> done) {
    Properties properties = jvm.load(jar(), arguments);
    String said = properties.getProperty(LocalControl.SAID, "");
    if (Jvm.version(properties).isEmpty()) {
      throw new Failure(
          Failure.FAILED,
          said.isEmpty()
              ? "Belay did not start in JVM " + candidate.pid() + "; see its standard error"
              : said);
    }
    try (Line line = Line.to(candidate.pid(), properties, patience)) {
      String plane = Node.read(line.get("/about")).text("controlPlane");
      done.add(
          "attached to JVM "
              + candidate.pid()
              + (plane.isEmpty() ? "" : "; control plane: " + plane));
    }
    if (!said.isEmpty()) {
      done.addAll(said.lines().toList());
    }
  }

  private void print(Candidate candidate, List<String> done) {
    if (json) {
      terminal.print(
          JsonText.object()
              .number("pid", candidate.pid())
              .raw("done", JsonText.array(done.stream().map(JsonText::string).toList()))
              .end());
    } else {
      done.forEach(terminal::print);
    }
  }

  /** The jar that this class came in, as the other JVM finds it. */
  private static String jar() {
    try {
      File jar =
          new File(Attaching.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (jar.isFile()) {
        return jar.getAbsolutePath();
      }
      throw new Failure(Failure.FAILED, "only belay.jar can be attached, and this is " + jar);
    } catch (URISyntaxException e) {
      throw new Failure(Failure.FAILED, "belay.jar is in a place that has no file name: " + e);
    }
  }
}
