package io.belay.it.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.cli.BelayCommand;
import io.belay.it.harness.Await;
import io.belay.it.harness.Libraries;
import io.belay.it.harness.Program;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/** A Java of two modules: no JMX, SQL, HTTP, Flight Recorder. What they serve is absent there. */
class SmallImageIT {
  @TempDir Path folder;

  @Scenario
  void whatNeedsNoFurtherModuleWorksThere(Setting setting) throws Exception {
    Path image = folder.resolve("image");
    Program.Ended link =
        Program.run(
            List.of(
                setting.jdk().program("jlink").toString(),
                "--add-modules",
                "java.base,java.instrument",
                "--output",
                image.toString()));
    if (link.status() != 0) {
      System.out.println("NOT TESTED: " + setting.jdk() + " has nothing to link from: " + link);
      return;
    }
    String java = image.resolve("bin").resolve("java").toString();
    aRunIsStoppedByTheCommandLine(setting, java);
    aPortThatCannotBeServedEndsTheJvm(java);
    Program.Ended cli =
        Program.run(List.of(java, "-jar", Setting.belayJar().toString(), "runs", "1"));
    assertEquals(1, cli.status(), cli::toString);
    assertTrue(cli.stderr().get(0).contains("lacks the module jdk.attach"), cli::toString);
    Program.Ended help =
        Program.run(List.of(java, "-jar", Setting.belayJar().toString(), "--help"));
    assertEquals(0, help.status(), help::toString);
  }

  private void aRunIsStoppedByTheCommandLine(Setting setting, String java) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process app =
        new ProcessBuilder(command(java, "-XX:+UseSerialGC"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      BelayCommand cli = BelayCommand.on(setting);
      Await.until("it waits", () -> Files.exists(out) && read(out).contains("waiting"));
      Await.until(
          "the command line reaches it",
          () -> cli.run("runs", app.pid()).toString().contains("job-1"));
      assertTrue(cli.text("ps").contains("" + app.pid()));
      String told = cli.text("stop", app.pid(), "job-1", "--reason", "enough");
      assertTrue(told.startsWith("Stopped job-1 in "), told);
      assertTrue(cli.text("doctor", app.pid()).contains("faults: none of Belay's own"));
      app.getOutputStream().close();
      assertTrue(app.waitFor(90, TimeUnit.SECONDS), "it ends");
      assertTrue(read(out).contains("woken"), read(out));
      List<String> said = Files.readAllLines(err);
      assertEquals(2, said.size(), said::toString); // one at start, one of the stopped run
    } finally {
      app.destroyForcibly().waitFor();
    }
  }

  private void aPortThatCannotBeServedEndsTheJvm(String java) {
    Program.Ended app = Program.run(command(java, "-Dbelay.http.port=0"));
    assertEquals(1, app.status(), app::toString);
    assertEquals(1, app.stderr().size(), app::toString);
    assertTrue(app.stderr().get(0).contains("add the module jdk.httpserver"), app::toString);
  }

  private static List<String> command(String java, String option) {
    List<String> command = new ArrayList<>();
    command.add(java);
    command.add("-Xverify:all");
    command.add(option);
    command.add("-javaagent:" + Setting.belayJar());
    command.add("-Dbelay.run.entrypoints=" + Waiter.class.getName() + "#work(id=0)");
    command.add("-cp");
    command.add(Libraries.testClasses().toString());
    command.add(Waiter.class.getName());
    return command;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A job that waits until it is woken. */
  static final class Waiter {
    private Waiter() {}

    public static void main(String[] args) throws Exception {
      try {
        work("job-1");
      } catch (InterruptedException | CancellationException stopped) {
        System.out.println("woken");
      }
      System.in.read(); // It is looked at until the test has seen enough.
    }

    static void work(String id) throws InterruptedException {
      System.out.println("waiting in " + id);
      Thread.sleep(600_000);
    }
  }
}
