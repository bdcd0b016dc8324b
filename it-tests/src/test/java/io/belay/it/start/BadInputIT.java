package io.belay.it.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Program;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes in what Belay is told: one line says what is wrong, before the program has begun. */
class BadInputIT {
  private static final List<String> HELLO = List.of("hello");

  @TempDir Path folder;

  @Scenario
  void goodOptionsLetTheProgramRun(Setting setting) throws IOException {
    Path file = Files.writeString(folder.resolve("good.yaml"), "mode: observe\n");
    Program.Ended hello =
        hello(setting, "belay.config=" + file, "belay.budget.output-tokens=20000");
    assertEquals(0, hello.status(), hello::toString);
    assertEquals(HELLO, hello.stdout());
    assertEquals(1, hello.stderr().size(), hello::toString);
  }

  @Scenario
  void anUnknownKeyIsAWarningWithTheNearestKey(Setting setting) {
    Program.Ended hello = hello(setting, "belay.budget.output-token=20000");
    assertEquals(0, hello.status(), hello::toString);
    assertEquals(HELLO, hello.stdout());
    assertEquals(2, hello.stderr().size(), hello::toString);
    String line = hello.stderr().get(0);
    assertTrue(line.startsWith("[belay] WARN "), line);
    assertTrue(line.contains("belay.budget.output-token"), line);
    assertTrue(line.contains("belay.budget.output-tokens"), line);
  }

  @Scenario
  void anUnreadableValueEndsTheJvm(Setting setting) {
    assertRefused(
        hello(setting, "belay.budget.output-tokens=20k tokens"),
        "belay.budget.output-tokens",
        "20k tokens");
  }

  @Scenario
  void anUnreadableAgentArgumentEndsTheJvm(Setting setting) {
    List<String> java = setting.java(null, List.of());
    java.add(1, "-javaagent:" + Setting.belayJar() + "=budget.output-tokens=plenty");
    assertRefused(
        Program.run(Program.command(java, Hello.class)), "budget.output-tokens", "plenty");
  }

  @Scenario
  void aPortThatIsTakenEndsTheJvm(Setting setting) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = "" + taken.getLocalPort();
      assertRefused(hello(setting, "belay.http.port=" + port), port);
    }
  }

  @Scenario
  void anUnreadableConfigurationFileEndsTheJvm(Setting setting) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.yaml"), "budget:\n  output-tokens: [1, \n");
    assertRefused(hello(setting, "belay.config=" + file), file.toString());
  }

  @Scenario
  void aConfigurationFileThatIsNotThereEndsTheJvm(Setting setting) {
    Path file = folder.resolve("none.yaml");
    assertRefused(hello(setting, "belay.config=" + file), file.toString());
  }

  @Scenario
  void anOpenControlPlaneWithoutTokenEndsTheJvm(Setting setting) {
    assertRefused(
        hello(setting, "belay.http.port=0", "belay.http.bind=0.0.0.0"), "belay.http.token");
  }

  private static Program.Ended hello(Setting setting, String... options) {
    return Program.run(
        Program.command(setting.java(Setting.belayJar(), List.of(options)), Hello.class));
  }

  private static void assertRefused(Program.Ended hello, String... said) {
    assertEquals(1, hello.status(), hello::toString);
    assertEquals(List.of(), hello.stdout());
    assertEquals(1, hello.stderr().size(), hello::toString);
    String line = hello.stderr().get(0);
    assertTrue(line.startsWith("[belay] ERROR "), line);
    for (String word : said) {
      assertTrue(line.contains(word), line);
    }
  }
}
