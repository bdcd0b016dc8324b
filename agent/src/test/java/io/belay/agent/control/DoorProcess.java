package io.belay.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.belay.agent.run.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A {@link Door} in a JVM of its own, which can be suspended. It has a run {@code r1}. */
final class DoorProcess implements AutoCloseable {
  /** Where it listens. */
  final String address;

  private final Process process;

  DoorProcess() throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                DoorProcess.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    address =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
  }

  /** Its main method. */
  public static void main(String[] args) throws Exception {
    Door door = new Door();
    door.agent("r1", Kind.HTTP, "POST https://api.example.com/v1/charges");
    System.out.println(door.control.address());
    while (System.in.read() >= 0) {
      // It ends with the test.
    }
    System.exit(0);
  }

  /** Sends it a signal by name. */
  void signal(String name) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor());
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
