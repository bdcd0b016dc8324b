package io.belay.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Program;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Commands to JVMs of the other Java version; none of them needs a port, or says a word there. */
class CommandLineIT {
  private static Provider provider;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  @Scenario
  void aRunIsFoundWatchedAndStopped(Setting setting) {
    String control = Setting.unique("control");
    provider.answering(control, call -> call.answer(200, "text/plain", "fine"));
    Jvm without = setting.withoutBelay();
    assertEquals("fine", without.start(Asking.class, control, "GET", url(control)).result());

    Jvm belay = setting.withBelay();
    BelayCommand cli = BelayCommand.on(setting);
    String run = Setting.unique("asking");
    Work work = belay.start(Asking.class, run, "GET", url(run) + "?key=secret");
    Arrival arrival = provider.await(run);

    JsonNode found = jvm(cli.json("ps", "--json"), belay.pid());
    assertEquals("http://127.0.0.1:" + belay.control().port(), found.path("controlPlane").asText());
    assertTrue(found.path("runs").asInt() >= 1, found::toString);
    assertTrue(cli.text("ps").lines().anyMatch(l -> l.strip().startsWith(belay.pid() + "  ")));

    String runs = cli.text("runs", belay.pid());
    assertTrue(
        runs.lines().anyMatch(l -> l.contains("  " + run + " ") && l.contains(" running ")), runs);
    assertFalse(runs.contains("secret"), runs);
    assertFalse(runs.contains("\u001b"), "colours where no terminal is: " + runs);
    String preview = cli.text("stop", belay.pid(), run, "--dry-run");
    assertTrue(preview.contains("aborted at once"), preview);
    assertFalse(arrival.clientLeft());

    JsonNode report = cli.json("stop", belay.pid(), run, "--reason", "enough of it", "--json");
    assertTrue(arrival.awaitClientLeft());
    work.thrown();
    assertEquals("enough of it", report.path("stop").path("text").asText());
    assertTrue(report.path("stop").path("by").asText().startsWith("command line "));
    assertEquals("aborted", report.path("inFlight").path(0).path("outcome").asText());
    assertEquals(belay.control().get("/runs/" + run + "/report").path("stop"), report.path("stop"));
    String text = cli.text("report", belay.pid(), run);
    assertTrue(text.startsWith("Stopped " + run + " in "), text);
    assertTrue(text.contains("aborted, changed nothing"), text);
    assertTrue(cli.text("stop", belay.pid(), run).startsWith("It had been stopped before."));
  }

  @Scenario
  void aWriteThatIsCutIsNeverCalledCancelled(Setting setting) {
    Jvm belay = setting.withBelay();
    String run = Setting.unique("writing");
    Work work = belay.start(Asking.class, run, "POST", url(run));
    provider.await(run);
    String text = BelayCommand.on(setting).text("stop", belay.pid(), run, "--force");
    assertTrue(text.contains("SENT, NO ANSWER: it may have happened"), text);
    assertFalse(text.contains("cancel"), text);
    work.thrown();
  }

  @Scenario
  void whatIsStillAtWorkIsNamed(Setting setting) {
    Jvm belay = setting.withBelay("belay.stop.grace.http-write=5m"); // For a slow command line.
    String run = Setting.unique("finishing");
    Work work = belay.start(Asking.class, run, "POST", url(run));
    Arrival arrival = provider.await(run);
    Program.Ended stop = BelayCommand.on(setting).run("stop", belay.pid(), run, "--wait", "1");
    assertEquals(4, stop.status(), stop::toString);
    String said = String.join("\n", stop.stdout());
    assertTrue(said.contains("no new call begins, not quiet yet"), said);
    assertTrue(said.contains("Still waiting for http POST " + url(run)), said);
    assertTrue(said.contains("--force"), said);
    arrival.answer(200, "text/plain", "written");
    assertEquals("written", work.result());
    JsonNode report = belay.control().report(run);
    assertEquals("completed", report.path("inFlight").path(0).path("outcome").asText());
  }

  @Scenario
  void withoutATerminalWatchingIsALineForEachChange(Setting setting) throws Exception {
    Jvm belay = setting.withBelay();
    Path out = folder.resolve("watched");
    Process watch =
        new ProcessBuilder(BelayCommand.on(setting).command("watch", belay.pid()))
            .redirectOutput(out.toFile())
            .redirectErrorStream(true)
            .start();
    try {
      Await.until("it watches", () -> read(out).contains("  jvm  running"));
      String run = Setting.unique("watched");
      Work work = belay.start(Asking.class, run, "GET", url(run));
      provider.await(run);
      Await.until("it sees the call", () -> read(out).contains("  " + run + "  running  http GET"));
      belay.stop(run);
      work.thrown();
      Await.until(
          "it sees the stop",
          () ->
              read(out).contains("running -> stopped (USER)")
                  || read(out).contains("stopping (USER) -> stopped (USER)"));
      assertFalse(read(out).contains("\u001b"), read(out));
    } finally {
      watch.destroyForcibly().waitFor();
    }
  }

  @Scenario
  void everyMistakeHasItsOwnAnswer(Setting setting) throws Exception {
    BelayCommand cli = BelayCommand.on(setting);
    Jvm belay = setting.withBelay();
    long bare = setting.withoutBelay().pid();
    fails(cli.run(), 2, "Usage: java -jar belay.jar COMMAND");
    fails(cli.run("halt"), 2, "there is no command 'halt'; there are: ps, attach, runs");
    fails(cli.run("stop", belay.pid()), 2, "stop: name a run; usage:");
    fails(cli.run("stop", belay.pid(), "x", "--frce"), 2, "there is no option --frce");
    fails(cli.run("runs", "me"), 2, "'me' is no process id");
    fails(cli.run("runs", 1L << 40), 1, "there is no process ");
    fails(cli.run("runs", bare), 1, "has no Belay in it; start it with -javaagent:belay.jar");
    fails(cli.run("stop", belay.pid(), "nobody"), 1, "no run has this id");
    fails(cli.run("report", belay.pid(), "jvm"), 1, "was not stopped");
    fails(cli.run("attach", belay.pid(), "x"), 2, "'x' is no key=value");
    assertTrue(cli.text("--version").startsWith("belay "));
    assertTrue(cli.text("stop", "--help").contains("Exit status:"));
  }

  /** Attaching begins with a signal that ends a process that does not expect it. */
  @Scenario
  void aProcessThatIsNoJvmIsLeftAlone(Setting setting) throws Exception {
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      fails(BelayCommand.on(setting).run("runs", other.pid()), 1, "is no JVM that can be attached");
      assertTrue(other.isAlive());
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Scenario
  void aJvmThatAllowsNoToolsSaysSo(Setting setting) {
    Jvm closed = setting.withBelay("-XX:+DisableAttachMechanism");
    fails(
        BelayCommand.on(setting).run("runs", closed.pid()),
        1,
        "was started with -XX:+DisableAttachMechanism");
  }

  @Scenario
  void aJvmThatDoesNotAnswerIsNotConfirmed(Setting setting) throws Exception {
    Jvm belay = setting.withBelay();
    String run = Setting.unique("frozen");
    Work work = belay.start(Asking.class, run, "GET", url(run));
    provider.await(run);
    signal("STOP", belay.pid());
    try {
      fails(
          BelayCommand.on(setting).run("stop", belay.pid(), run, "--timeout", "2"),
          3,
          "does not answer");
    } finally {
      signal("CONT", belay.pid());
    }
    assertEquals("running", belay.control().run(run).path("status").asText());
    belay.stop(run);
    work.thrown();
  }

  private static String url(String key) {
    return provider.url(key) + "/call";
  }

  private static void signal(String name, long pid) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", "-" + name, "" + pid).start().waitFor());
  }

  private static void fails(Program.Ended ended, int status, String said) {
    assertEquals(status, ended.status(), ended::toString);
    assertEquals(List.of(), ended.stdout(), ended::toString);
    assertTrue(String.join("\n", ended.stderr()).contains(said), ended::toString);
  }

  private static JsonNode jvm(JsonNode all, long pid) {
    Stream<JsonNode> jvms = StreamSupport.stream(all.spliterator(), false);
    return jvms.filter(jvm -> jvm.path("pid").asLong() == pid).findFirst().orElseThrow();
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
