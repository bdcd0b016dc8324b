package io.belay.it.handoff;

import io.belay.it.harness.Jdk;
import io.belay.it.harness.Ports;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every hand-off of the JDK × every cell, on each JDK: one forked JVM goes through all of them.
 *
 * <p>{@code belay.require} ends that JVM when a hand-off's weaving matches nothing on its JDK, and
 * at the end it asks itself of each place whether that is woven: see {@link WovenSites}.
 */
final class HandOffMatrixIT {
  private static final String REQUIRED =
      "belay.require=thread,executor,fork-join,timer,completable-future";

  @TestFactory
  Stream<DynamicTest> everyHandOffCarriesItsRunAndLeavesNothing() {
    return Jdk.ALL.stream()
        .flatMap(
            jdk ->
                CellsRun.on(jdk)
                    .with(REQUIRED)
                    .with("belay.http.port=" + Ports.free())
                    .tests("cells"));
  }

  /** Where no run was stopped yet, what is handed over is asked about while a run lives only. */
  @TestFactory
  Stream<DynamicTest> everyHandOffCarriesItsRunWhereNothingWasStoppedYet() {
    return Jdk.ALL.stream().flatMap(jdk -> CellsRun.on(jdk).with(REQUIRED).tests("unstopped"));
  }

  /** Then the asynchronous stages of the JDK get a thread each, up to some release. */
  @TestFactory
  Stream<DynamicTest> stagesCarryTheirRunWhereTheCommonPoolHasOneWorker() {
    return Jdk.ALL.stream()
        .flatMap(
            jdk ->
                CellsRun.on(jdk)
                    .with(REQUIRED)
                    .with("java.util.concurrent.ForkJoinPool.common.parallelism=1")
                    .only("Async")
                    .tests("cells"));
  }

  @TestFactory
  Stream<DynamicTest> namedTypesCarryTheirRunThroughQueuesAndNamedMethodsHaveNone() {
    return Jdk.ALL.stream()
        .flatMap(
            jdk ->
                CellsRun.on(jdk)
                    .with("belay.run.carry=" + JobShapes.NAMED)
                    .with("belay.run.none=" + NoneShapes.NAMED)
                    .tests("jobs"));
  }

  @TestFactory
  Stream<DynamicTest> withoutTheAgentEveryBodyIsDoneAlthoughItsRunWasStopped() {
    return Jdk.ALL.stream().flatMap(jdk -> CellsRun.on(jdk).withoutBelay().tests("control"));
  }
}
