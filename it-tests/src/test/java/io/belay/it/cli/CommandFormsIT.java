package io.belay.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Program;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What a command prints for a program that reads it, and for a person at a terminal. */
class CommandFormsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
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

  private static Work asking(Jvm belay, String run) {
    Work work = belay.start(Asking.class, run, "GET", provider.url(run) + "/call");
    provider.await(run);
    return work;
  }

  @Scenario
  void eachCommandPrintsOneDocument(Setting setting) throws Exception {
    Jvm belay = setting.withBelay();
    BelayCommand cli = BelayCommand.on(setting);
    String run = Setting.unique("forms");
    Path watched = folder.resolve("watched");
    Process watch =
        new ProcessBuilder(cli.command("watch", belay.pid(), "--json"))
            .redirectOutput(watched.toFile())
            .start();
    try {
      Await.until("it watches", () -> read(watched).contains("\"jvm\""));
      Work work = asking(belay, run);
      assertTrue(cli.json("ps", "--json").isArray());
      assertTrue(cli.json("runs", belay.pid(), "--json").isArray());
      assertTrue(cli.json("attach", belay.pid(), "--json").path("done").isArray());
      assertTrue(cli.json("doctor", belay.pid(), "--json").path("coverage").isObject());
      JsonNode preview = cli.json("stop", belay.pid(), run, "--dry-run", "--json");
      assertEquals(run, preview.path("runs").path(0).asText());
      JsonNode report = cli.json("stop", belay.pid(), run, "--json");
      work.thrown();
      assertEquals(
          report.path("stop"), cli.json("report", belay.pid(), run, "--json").path("stop"));
      Await.until(
          "it saw the stop",
          () -> read(watched).contains(run) && lastOf(watched, run).equals("stopped"));
    } finally {
      watch.destroyForcibly().waitFor();
    }
  }

  @Scenario
  void handOversThatWereLeftOutAreNotFoundWanting(Setting setting) {
    Jvm belay = setting.withBelay("belay.boundary.fork-join=off");
    String run = Setting.unique("left-out");
    provider.answering(run, call -> call.answer(200, "text/plain", "yes"));
    belay.start(Asking.class, run, "GET", provider.url(run) + "/call").result();
    Await.until(
        "the others were tried",
        () -> {
          String found = BelayCommand.on(setting).text("doctor", belay.pid());
          return found.contains("ok  hand-overs: each was tried");
        });
  }

  /** Each whole line is a run. */
  private static String lastOf(Path watched, String run) {
    String text = read(watched);
    String status = "";
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      JsonNode seen = document(line);
      status = seen.path("id").asText().equals(run) ? seen.path("status").asText() : status;
    }
    return status;
  }

  @Scenario
  void aFailureIsADocumentTooAndItsStatusTheSame(Setting setting) throws Exception {
    Jvm belay = setting.withBelay();
    BelayCommand cli = BelayCommand.on(setting);
    long bare = setting.withoutBelay().pid();
    fails(cli.run("runs", bare, "--json"), 1, "has no Belay in it");
    fails(cli.run("stop", belay.pid(), "nobody", "--json"), 1, "no run has this id");
    fails(cli.run("attach", belay.pid(), "budget.llm-calls=1", "--json"), 1, "cannot be changed");
    fails(cli.run("stop", belay.pid(), "--json"), 2, "name a run");
    fails(cli.run("ps", "--frce", "--json"), 2, "there is no option --frce");
  }

  /** It may be at work weaving, or not: after five seconds it says that it still waits. */
  @Scenario
  void aJvmThatDoesNotTakeTheAgentIsWaitedForAndThenNotConfirmed(Setting setting) throws Exception {
    Jvm bare = setting.withoutBelay("-Dit.frozen=true");
    signal("STOP", bare.pid());
    Program.Ended attach;
    try {
      attach = BelayCommand.on(setting).run("attach", bare.pid(), "--timeout", "6", "--json");
    } finally {
      signal("CONT", bare.pid());
    }
    fails(attach, 3, "does not answer");
    fails(BelayCommand.on(setting).run("runs", bare.pid(), "--json"), 1, "has no Belay in it");
    // What a tool leaves by which it asks to be let in: this JVM has not come to it before.
    Files.deleteIfExists(Path.of(".attach_pid" + bare.pid()));
    assertTrue(
        attach.stderr().get(0).contains("has not answered yet; waiting for up to 6.0 s in all"),
        attach::toString);
  }

  /** A terminal by util-linux' script; the same command without one prints no escape at all. */
  @Scenario
  void coloursAreForPeopleWhoWantThem(Setting setting) throws Exception {
    Jvm belay = setting.withBelay();
    BelayCommand cli = BelayCommand.on(setting);
    List<String> runs = cli.command("runs", belay.pid());
    assertTrue(seen(runs, Map.of("TERM", "xterm")).contains("\u001b[1mRUN"), "the control");
    assertFalse(seen(runs, Map.of("TERM", "xterm", "NO_COLOR", "1")).contains("\u001b"));
    assertFalse(seen(runs, Map.of("TERM", "dumb")).contains("\u001b"));
  }

  /** What comes to a terminal in which {@code command} runs to its end. */
  private String seen(List<String> command, Map<String, String> environment) throws Exception {
    Path out = Files.createTempFile(folder, "terminal", "");
    ProcessBuilder script =
        new ProcessBuilder("script", "-qec", String.join(" ", command), "/dev/null")
            .redirectOutput(out.toFile())
            .redirectErrorStream(true)
            .redirectInput(Files.createTempFile(folder, "typed", "").toFile());
    script.environment().remove("NO_COLOR");
    script.environment().putAll(environment);
    assertEquals(0, script.start().waitFor(), () -> read(out));
    String text = read(out);
    assertTrue(text.contains("jvm"), text);
    return text;
  }

  private static void fails(Program.Ended ended, int status, String why) {
    assertEquals(status, ended.status(), ended::toString);
    assertEquals(1, ended.stdout().size(), ended::toString);
    JsonNode error = document(ended.stdout().get(0)).path("error");
    assertEquals(status, error.path("exitStatus").asInt(), ended::toString);
    assertTrue(error.path("message").asText().contains(why), ended::toString);
    assertTrue(String.join("\n", ended.stderr()).contains(error.path("message").asText()));
  }

  private static JsonNode document(String text) {
    try {
      return JSON.readTree(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(text, e);
    }
  }

  private static void signal(String name, long pid) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", "-" + name, "" + pid).start().waitFor());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
