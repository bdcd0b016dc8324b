package io.belay.it.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Libraries;
import io.belay.it.harness.Program;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

/** What a program notices of Belay when it starts: as little as can be. */
class StartIT {
  private static final String ENTRY =
      "belay.run.entrypoints=" + Worker.class.getName() + "#work(id=0)";

  /** An application chooses its own implementation of these in its first lines. */
  private static final List<String> NOT_BEFORE_MAIN =
      List.of("java.util.logging.", "java.nio.file.", "javax.management.", "java.net.http.");

  @TempDir Path folder;

  @Scenario
  void oneLineOnStandardErrorIsAllThatIsSaid(Setting setting) {
    Program.Ended without =
        Program.run(Program.command(setting.java(null, List.of()), Hello.class));
    assertEquals(List.of("hello"), without.stdout());
    assertEquals(List.of(), without.stderr());

    Program.Ended with = hello(setting);
    assertEquals(0, with.status(), with::toString);
    assertEquals(List.of("hello"), with.stdout());
    assertEquals(1, with.stderr().size(), with::toString);
    assertTrue(with.stderr().get(0).startsWith("[belay] INFO belay "), with::toString);
  }

  /** The line comes once the port is open, and when the program ends before that, then. */
  @Scenario
  void theControlPlaneSaysNothingMore(Setting setting) {
    Program.Ended with = hello(setting, "belay.http.port=0");
    assertEquals(0, with.status(), with::toString);
    assertEquals(List.of("hello"), with.stdout());
    assertEquals(1, with.stderr().size(), with::toString);
    assertTrue(with.stderr().get(0).contains("; control plane: "), with::toString);
  }

  /** A class that names no code of its own begins no run, and whoever relies on it hears so. */
  @Scenario
  void anEntryPointThatNamesAnInterfaceIsSaidToHaveNoEffect(Setting setting) {
    String entry = "belay.run.entrypoints=" + Named.class.getName() + "#run";
    Program.Ended named =
        Program.run(
            Program.command(setting.java(Setting.belayJar(), List.of(entry)), Named.Main.class));
    assertEquals(List.of("done"), named.stdout(), named::toString);
    String warning = "[belay] WARN entrypoint " + Named.class.getName() + "#run has no effect: ";
    assertEquals(
        1,
        named.stderr().stream().filter(line -> line.startsWith(warning)).count(),
        named::toString);
  }

  /** Class verification is on in every forked JVM: see {@link Setting#java}. */
  @Scenario
  void weavingTheJdkCausesNoWarningOfTheJvm(Setting setting) {
    Program.Ended worker =
        Program.run(
            Program.command(setting.java(Setting.belayJar(), List.of(ENTRY)), Worker.class));
    assertEquals(0, worker.status(), worker::toString);
    assertEquals(List.of("done run-1"), worker.stdout());
    assertEquals(1, worker.stderr().size(), worker::toString);
  }

  @Scenario
  void nothingIsLoadedBeforeMainThatApplicationsReplace(Setting setting) throws IOException {
    List<String> options =
        List.of("belay.budget.output-tokens=20000", "belay.run.entrypoints=com.acme.*#run");
    assertEquals(
        List.of(),
        addedBeforeMain(setting, options).stream()
            .filter(type -> NOT_BEFORE_MAIN.stream().anyMatch(type::startsWith))
            .toList());
  }

  /** Whether a port is free is known by opening it, and that makes Java 25 read its own files. */
  @Scenario
  void withAControlPlaneItIsOnlyThatThePortIsTried(Setting setting) throws IOException {
    assertEquals(
        List.of(),
        addedBeforeMain(setting, List.of("belay.http.port=0")).stream()
            .filter(type -> NOT_BEFORE_MAIN.stream().anyMatch(type::startsWith))
            .filter(type -> !type.startsWith("java.nio.file."))
            .toList());
  }

  /** What is loaded before {@code main} and would not be for an agent that does nothing. */
  private List<String> addedBeforeMain(Setting setting, List<String> options) throws IOException {
    Set<String> without = Set.copyOf(loadedBeforeMain(setting, EmptyAgent.jar(folder)));
    List<String> with =
        loadedBeforeMain(setting, Setting.belayJar(), options.toArray(String[]::new));
    assertTrue(with.stream().anyMatch(type -> type.startsWith("io.belay.boot.")), with::toString);
    return with.stream().filter(type -> !without.contains(type)).toList();
  }

  @Scenario
  void aProgramThatUsesNothingOfItDoesNotLoadWhatDecides(Setting setting) throws IOException {
    List<String> loaded =
        loadedBeforeMain(
            setting,
            Setting.belayJar(),
            "belay.budget.output-tokens=20000",
            "belay.run.entrypoints=com.acme.Agent#run");
    assertTrue(loaded.contains("io.belay.agent.FirstUse"), loaded::toString);
    assertEquals(
        List.of(),
        loaded.stream()
            .filter(
                type ->
                    type.matches(
                        "io\\.belay\\.(shaded|agent\\.(boundary|llm|traffic))\\..*"
                            + "|io\\.belay\\.agent\\.run\\.Runs"))
            .toList());
  }

  @Scenario
  void switchedOffItDoesNothingAtAll(Setting setting) throws IOException {
    Program.Ended hello = hello(setting, "belay.enabled=false", "belay.http.port=0");
    assertEquals(0, hello.status());
    assertEquals(List.of("hello"), hello.stdout());
    assertEquals(List.of(), hello.stderr());

    List<String> loaded = loadedBeforeMain(setting, Setting.belayJar(), "belay.enabled=false");
    assertFalse(
        loaded.stream().anyMatch(type -> type.matches("io\\.belay\\.(boot|api|shaded)\\..*")),
        loaded::toString);
  }

  @Scenario
  void itRunsOnAnImageOfTwoModules(Setting setting) {
    Path image = folder.resolve("image");
    Program.Ended link =
        Program.run(
            List.of(
                setting.jdk().program("jlink").toString(),
                "--add-modules",
                "java.base,java.instrument",
                "--output",
                image.toString()));
    if (link.status() != 0) {
      System.out.println("NOT TESTED: " + setting.jdk() + " has nothing to link from: " + link);
      return;
    }
    List<String> command = new ArrayList<>();
    command.add(image.resolve("bin").resolve("java").toString());
    command.add("-Xverify:all");
    command.add("-javaagent:" + Setting.belayJar());
    command.add("-D" + ENTRY);
    command.add("-cp");
    command.add(Libraries.testClasses().toString());
    Program.Ended worker = Program.run(Program.command(command, Worker.class));
    assertEquals(0, worker.status(), worker::toString);
    assertEquals(List.of("done run-1"), worker.stdout());
    assertEquals(1, worker.stderr().size(), worker::toString);
  }

  private static Program.Ended hello(Setting setting, String... options) {
    return Program.run(
        Program.command(setting.java(Setting.belayJar(), List.of(options)), Hello.class));
  }

  private List<String> loadedBeforeMain(Setting setting, Path agent, String... options)
      throws IOException {
    Path log = folder.resolve("loaded.txt");
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-Xlog:class+load:file=" + log);
    Program.Ended hello = Program.run(Program.command(setting.java(agent, all), Hello.class));
    assertEquals(0, hello.status(), hello::toString);
    return Files.readAllLines(log).stream()
        .map(line -> line.replaceFirst("^(\\[[^\\]]*\\])+ ?", "").replaceFirst(" .*", ""))
        .takeWhile(type -> !type.equals(Hello.class.getName()))
        .collect(Collectors.toList());
  }
}
