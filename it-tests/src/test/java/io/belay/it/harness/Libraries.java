package io.belay.it.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Named sets of jars for the class path of a forked JVM. */
public final class Libraries {
  /** The versions that the applications of the tests are compiled against. */
  public static final String NEWEST = "newest";

  /** SDKs of language models in the oldest versions that are supported. */
  public static final String OLDEST_SDKS = "sdks-oldest";

  private Libraries() {}

  /** The jars of a set; fails when the build has not copied them. */
  public static List<Path> named(String set) {
    if (set.equals(NEWEST)) {
      return ownClassPath()
          .filter(entry -> entry.toString().endsWith(".jar"))
          .filter(entry -> !isTestTool(entry.getFileName().toString()))
          .toList();
    }
    Path copied = Path.of("target", "libs", set).toAbsolutePath();
    Path matrix = Path.of("matrix", set, "target", "libs").toAbsolutePath();
    Path folder = Files.isDirectory(matrix) ? matrix : copied;
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("no libraries copied to " + folder, e);
    }
  }

  /** The classes of the tests, applications among them. */
  public static Path testClasses() {
    return ownClassPath().filter(entry -> entry.endsWith("test-classes")).findFirst().orElseThrow();
  }

  private static Stream<Path> ownClassPath() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(classPath.split(File.pathSeparator)).map(Path::of);
  }

  private static boolean isTestTool(String jar) {
    return jar.matches("(belay|junit|opentest4j|apiguardian|surefire|jmh)-.*");
  }
}
