package io.belay.it.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.belay.it.harness.Jdk;
import io.belay.it.harness.Libraries;
import io.belay.it.harness.Setting;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A JVM that goes through cells, each of which is a test.
 *
 * @param agent the agent in it, or {@code null} for none
 * @param part what the name of a hand-off must contain
 */
record CellsRun(Jdk jdk, String libraries, Path agent, List<String> options, String part) {
  static CellsRun on(Jdk jdk) {
    // Structured concurrency is a preview; where there is none, no harm.
    return new CellsRun(
        jdk,
        Libraries.NEWEST,
        Setting.belayJar(),
        List.of("belay.log.level=warn", "--enable-preview"),
        "");
  }

  CellsRun libraries(String set) {
    return new CellsRun(jdk, set, agent, options, part);
  }

  CellsRun with(String option) {
    List<String> more = new ArrayList<>(options);
    more.add(option);
    return new CellsRun(jdk, libraries, agent, more, part);
  }

  /** The hand-offs alone whose name contains that. */
  CellsRun only(String name) {
    return new CellsRun(jdk, libraries, agent, options, name);
  }

  /** The control: only the API's classes, which the agent would bring along. */
  CellsRun withoutBelay() {
    CellsRun plain = with("-Xbootclasspath/a:" + api());
    return new CellsRun(jdk, libraries, null, plain.options, part);
  }

  Stream<DynamicTest> tests(String mode) {
    List<String> lines = run(mode);
    String where = jdk + ", " + libraries + ": ";
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split("\t");
      if (words[0].equals("cell")) {
        tests.add(
            dynamicTest(
                where + words[1] + ": " + words[2],
                () ->
                    assertTrue(
                        !words[3].startsWith("FAILED"),
                        where + words[1] + ": " + words[2] + ' ' + words[3].replace('|', '\n'))));
      }
    }
    tests.add(
        dynamicTest(
            where + "all cells were asked",
            () -> assertEquals("end", lines.isEmpty() ? "" : lines.get(lines.size() - 1))));
    return tests.stream();
  }

  private List<String> run(String mode) {
    List<String> command = new ArrayList<>(new Setting(jdk, libraries).java(agent, options));
    command.addAll(List.of(CellsMain.class.getName(), mode, part));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String api() {
    return Stream.of(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator))
        .filter(entry -> entry.contains("belay-api") || entry.contains("agent-api"))
        .findFirst()
        .orElseThrow();
  }
}
