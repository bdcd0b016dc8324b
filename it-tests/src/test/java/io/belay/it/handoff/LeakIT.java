package io.belay.it.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Await;
import io.belay.it.harness.Jdk;
import io.belay.it.harness.Libraries;
import io.belay.it.harness.Program;
import io.belay.it.harness.Setting;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many short runs over all pools in one JVM: no run is reachable afterwards, nothing has grown.
 * {@code -Dbelay.it.leak.runs=1000000} for the long hunt.
 */
final class LeakIT {
  private static final int RUNS = Integer.getInteger("belay.it.leak.runs", 2_000);

  /** Ended runs that stay visible, and what the JVM's own threads may still have at hand. */
  private static final int KEPT = 10;

  static Stream<Jdk> jdks() {
    return Jdk.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void noRunIsReachableWhenItIsOver(Jdk jdk) {
    List<String> java =
        new Setting(jdk, Libraries.NEWEST)
            .java(Setting.belayJar(), List.of("belay.runs.keep=" + KEPT, "belay.log.level=warn"));
    List<String> command = Program.command(java, LeakMain.class, "" + RUNS);
    List<String> said = Program.run(command, Await.DEADLINE.plusMillis(RUNS)).stdout();
    assertEquals("runs " + RUNS, said.get(0), () -> String.join("\n", said));
    assertTrue(number(said, "reachable ") <= 2 * KEPT, () -> String.join("\n", said));
    assertTrue(number(said, "left ") <= 10 * KEPT, () -> String.join("\n", said));
    // What a JVM keeps for itself grows by one or two MiB while it warms up.
    assertTrue(number(said, "grown KiB ") < 4096, () -> String.join("\n", said));
  }

  private static long number(List<String> said, String of) {
    return said.stream()
        .filter(line -> line.startsWith(of))
        .mapToLong(line -> Long.parseLong(line.substring(of.length())))
        .findFirst()
        .orElseThrow();
  }
}
