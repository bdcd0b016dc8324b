package io.belay.it.harness;

import java.nio.file.Path;
import java.util.List;

/**
 * A Java installation that forked JVMs run on.
 *
 * @param home its folder
 */
public record Jdk(Path home) {
  /** Java 17 and the newest, as the build was told; one of them when they are the same. */
  public static final List<Jdk> ALL =
      List.of(given("belay.java17"), given("belay.java.newest")).stream().distinct().toList();

  private static Jdk given(String key) {
    try {
      return new Jdk(
          Path.of(System.getProperty(key, System.getProperty("java.home"))).toRealPath());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(key + " names no folder", e);
    }
  }

  /** A program of it: {@code java}, {@code jlink}. */
  public Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  @Override
  public String toString() {
    return home.getFileName().toString();
  }
}
