package io.belay.it.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.belay.it.harness.Jdk;
import io.belay.it.harness.Libraries;
import io.belay.it.harness.Setting;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every hand-off of the JDK × every cell, on each JDK: one forked JVM goes through all of them.
 *
 * <p>{@code belay.require} ends that JVM when a hand-off's weaving matches nothing on its JDK.
 */
final class HandOffMatrixIT {
  private static final String REQUIRED =
      "belay.require=thread,executor,fork-join,timer,completable-future";

  @TestFactory
  Stream<DynamicTest> everyHandOffCarriesItsRunAndLeavesNothing() {
    return Jdk.ALL.stream().flatMap(jdk -> cells(jdk, Setting.belayJar(), "cells", REQUIRED));
  }

  @TestFactory
  Stream<DynamicTest> objectsOfNamedTypesCarryTheirRunThroughQueues() {
    return Jdk.ALL.stream()
        .flatMap(
            jdk -> cells(jdk, Setting.belayJar(), "jobs", "belay.run.carry=" + JobShapes.NAMED));
  }

  @TestFactory
  Stream<DynamicTest> withoutTheAgentEveryBodyIsDoneAlthoughItsRunWasStopped() {
    return Jdk.ALL.stream()
        .flatMap(jdk -> cells(jdk, null, "control", "-Xbootclasspath/a:" + api()));
  }

  private static Stream<DynamicTest> cells(Jdk jdk, Path agent, String mode, String option) {
    List<String> lines = run(jdk, agent, mode, option);
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split("\t");
      if (words[0].equals("cell")) {
        tests.add(
            dynamicTest(
                jdk + ": " + words[1] + ": " + words[2],
                () -> assertTrue(!words[3].startsWith("FAILED"), words[3].replace('|', '\n'))));
      }
    }
    tests.add(
        dynamicTest(
            jdk + ": all cells were asked",
            () -> assertEquals("end", lines.isEmpty() ? "" : lines.get(lines.size() - 1))));
    return tests.stream();
  }

  private static List<String> run(Jdk jdk, Path agent, String mode, String option) {
    List<String> options = new ArrayList<>(List.of(option, "belay.log.level=warn"));
    options.add("--enable-preview"); // Structured concurrency; where there is none, no harm.
    List<String> command = new ArrayList<>(new Setting(jdk, Libraries.NEWEST).java(agent, options));
    command.addAll(List.of(CellsMain.class.getName(), mode));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The API's classes, which the agent would bring along. */
  private static String api() {
    return Stream.of(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator))
        .filter(entry -> entry.contains("belay-api") || entry.contains("agent-api"))
        .findFirst()
        .orElseThrow();
  }
}
