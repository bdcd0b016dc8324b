package io.belay.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end in a JVM of its own. */
public final class Program {
  /** Longer than what such a program itself waits for. */
  private static final Duration DEADLINE = Await.DEADLINE.multipliedBy(3);

  /**
   * How it ended.
   *
   * @param stdout its standard output, line by line
   * @param stderr its standard error
   */
  public record Ended(int status, List<String> stdout, List<String> stderr) {}

  private Program() {}

  /** A command line, for {@link #run(List)}, that runs {@code main}. */
  public static List<String> command(List<String> java, Class<?> main, String... args) {
    List<String> command = new ArrayList<>(java);
    command.add(main.getName());
    command.addAll(List.of(args));
    return command;
  }

  /** Runs it; fails when it does not end before the deadline. */
  public static Ended run(List<String> command) {
    return run(command, DEADLINE);
  }

  /** The same, with a deadline of its own. */
  public static Ended run(List<String> command, Duration deadline) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("belay-it");
      Path out = folder.resolve("out");
      Path err = folder.resolve("err");
      Process process =
          new ProcessBuilder(command)
              .redirectInput(
                  ProcessBuilder.Redirect.from(Files.createFile(folder.resolve("in")).toFile()))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("does not end: " + command + '\n' + Files.readString(err));
      }
      return new Ended(process.exitValue(), lines(out), lines(err));
    } catch (IOException e) {
      throw new UncheckedIOException(String.valueOf(command), e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      delete(folder);
    }
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }

  private static void delete(Path folder) {
    for (String name : List.of("in", "out", "err", ".")) {
      folder.resolve(name).normalize().toFile().delete();
    }
  }
}
