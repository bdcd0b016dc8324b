package io.belay.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;

/**
 * What Belay adds to the start of a trivial program: whole processes, from their start to their
 * end, without an agent, with one that does nothing, and with Belay, in turn, so that whatever else
 * the machine does meets all alike.
 *
 * <p>Run it as a source file: {@code java it-tests/src/bench/java/io/belay/bench/StartUp.java
 * [rounds [JDK folder...]]}.
 */
public final class StartUp {
  private static final Path JAR = Path.of("agent", "target", "belay.jar").toAbsolutePath();

  private StartUp() {}

  /** Prints one table for each JDK. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 31;
    List<String> homes =
        args.length > 1
            ? List.of(args).subList(1, args.length)
            : List.of(System.getProperty("java.home"));
    Path folder = Files.createTempDirectory("belay-start");
    compile(folder, "Hello", "main(String[] a) { System.out.println(1); }");
    compile(folder, "Nothing", "premain(String a) {}");
    Path empty = jar(folder);
    for (String home : homes) {
      Map<String, List<String>> variants = new LinkedHashMap<>();
      variants.put("no agent", List.of());
      variants.put("an agent that does nothing", List.of("-javaagent:" + empty));
      variants.put("Belay", List.of("-javaagent:" + JAR));
      variants.put(
          "Belay, a limit and an entry point",
          List.of(
              "-javaagent:" + JAR,
              "-Dbelay.budget.output-tokens=20000",
              "-Dbelay.run.entrypoints=com.acme.Agent#run"));
      variants.put("Belay, control plane", List.of("-javaagent:" + JAR, "-Dbelay.http.port=0"));
      print(home, rounds, measure(home, folder, variants, rounds));
    }
  }

  private static Map<String, long[]> measure(
      String home, Path folder, Map<String, List<String>> variants, int rounds) throws Exception {
    Map<String, long[]> times = new LinkedHashMap<>();
    for (int round = -2; round < rounds; round++) {
      for (Map.Entry<String, List<String>> variant : variants.entrySet()) {
        List<String> command = new ArrayList<>(List.of(home + "/bin/java"));
        command.addAll(variant.getValue());
        command.addAll(List.of("-cp", folder.toString(), "Hello"));
        long began = System.nanoTime();
        int status =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        long took = System.nanoTime() - began;
        if (status != 0) {
          throw new IllegalStateException("status " + status + ": " + command);
        }
        if (round >= 0) {
          times.computeIfAbsent(variant.getKey(), none -> new long[rounds])[round] = took;
        }
      }
    }
    return times;
  }

  private static void print(String home, int rounds, Map<String, long[]> times) {
    System.out.printf("%n%s, %d rounds%n%n", Path.of(home).getFileName(), rounds);
    System.out.println("| | least, ms | median, ms | added, ms | ratio |");
    System.out.println("| --- | --- | --- | --- | --- |");
    double base = 0;
    for (Map.Entry<String, long[]> row : times.entrySet()) {
      long[] sorted = row.getValue().clone();
      Arrays.sort(sorted);
      double median = sorted[rounds / 2] / 1e6;
      base = base == 0 ? median : base;
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.0f | %.0f | %.1f |%n",
          row.getKey(),
          sorted[0] / 1e6,
          median,
          median - base,
          median / base);
    }
  }

  private static void compile(Path folder, String name, String method) throws IOException {
    Path source =
        Files.writeString(
            folder.resolve(name + ".java"),
            "public class " + name + " { public static void " + method + " }");
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, "--release", "17", source.toString());
    if (status != 0) {
      throw new IllegalStateException("javac: " + status);
    }
  }

  private static Path jar(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", "Nothing");
    Path jar = folder.resolve("empty-agent.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry("Nothing.class"));
      out.write(Files.readAllBytes(folder.resolve("Nothing.class")));
    }
    new File(folder.toFile(), "Nothing.class").delete();
    return jar;
  }
}
