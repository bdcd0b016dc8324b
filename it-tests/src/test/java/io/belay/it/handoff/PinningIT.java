package io.belay.it.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.belay.it.harness.Jdk;
import io.belay.it.harness.Libraries;
import io.belay.it.harness.Program;
import io.belay.it.harness.Setting;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A hundred thousand virtual threads of one run: none is pinned inside Belay, waits there for a
 * monitor, or loads a class there. Something that does pin is seen.
 */
final class PinningIT {
  static Stream<Jdk> jdks() {
    return Jdk.ALL.stream().filter(PinningIT::hasVirtualThreads);
  }

  @ParameterizedTest(allowZeroInvocations = true) // Java 17 has none.
  @MethodSource("jdks")
  void noVirtualThreadIsHeldByBelay(Jdk jdk) {
    List<String> java =
        new Setting(jdk, Libraries.NEWEST)
            .java(Setting.belayJar(), List.of("belay.log.level=warn"));
    Program.Ended ended =
        Program.run(Program.command(java, PinningMain.class, "100000"), Duration.ofMinutes(10));
    assertEquals(
        List.of(
            "missed 00",
            "control 1",
            "jdk.VirtualThreadPinned 0",
            "jdk.JavaMonitorEnter 0",
            "jdk.ClassLoad 0"),
        ended.stdout(),
        () -> String.join("\n", ended.stderr()));
  }

  private static boolean hasVirtualThreads(Jdk jdk) {
    return Files.exists(jdk.home().resolve("release"))
        && Program.run(
                List.of(jdk.program("java").toString(), "-XshowSettings:properties", "-version"))
            .stderr()
            .stream()
            .anyMatch(line -> line.matches(" *java.specification.version = (2[1-9]|[3-9]\\d)"));
  }
}
