package io.belay.it.harness;

/**
 * An application under test: made with its no-argument constructor in the forked JVM and called
 * there once for each {@link Jvm#start}. It knows the JDK, its libraries and {@link Script}.
 */
@FunctionalInterface
public interface App {
  /**
   * Does its work; with Belay, as a run.
   *
   * @return what {@link Work#result} is to answer
   */
  String run(String... args) throws Exception;
}
