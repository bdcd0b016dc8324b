package io.belay.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads settings in a fresh JVM and looks at the classes that this loads. */
class ColdStartTest {
  private static final List<String> FORBIDDEN =
      List.of(
          "java.util.regex.",
          "java.util.logging.",
          "javax.management.",
          "java.nio.file.",
          "java.lang.invoke.",
          "java.math.BigDecimal",
          "org.snakeyaml.",
          "org.slf4j.",
          "$$Lambda");

  @TempDir Path folder;

  /** The program of the fresh JVM. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws SettingsException {
      Settings settings = Settings.read(arguments[0]);
      settings.get(Keys.STOP_GRACE_SQL);
      settings.get(Keys.RUN_ENTRYPOINTS);
    }
  }

  @Test
  void readingSettingsLoadsNothingCostly() throws Exception {
    List<String> loaded =
        loadedBy(
            "run.entrypoints=com.a.B#run,budget.cost-usd=2.50,budget.time=5m,shield=a.**#b,"
                + "allow=sql:UPDATE runs *,mode=observe,http.port=0,require=jdbc,http.prot=1");
    assertTrue(loaded.stream().anyMatch(line -> line.contains("io.belay.agent.Keys")));
    assertEquals(List.of(), loaded.stream().filter(ColdStartTest::isForbidden).toList());
  }

  @Test
  void aNamedFileLoadsTheYamlLibrary() throws Exception {
    Path file = Files.writeString(folder.resolve("belay.yaml"), "mode: observe\n");
    assertTrue(loadedBy("config=" + file).stream().anyMatch(ColdStartTest::isForbidden));
  }

  private static boolean isForbidden(String line) {
    return FORBIDDEN.stream().anyMatch(line::contains);
  }

  /** The classes loaded after the settings' own first one. */
  private List<String> loadedBy(String arguments) throws Exception {
    Path log = folder.resolve("classes.txt");
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                arguments)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the fresh JVM hangs");
    assertEquals(0, process.exitValue(), output);
    List<String> lines = Files.readAllLines(log);
    int first = 0;
    while (!lines.get(first).contains("io.belay.agent.Settings ")) {
      first++;
    }
    return lines.subList(first, lines.size());
  }
}
