package io.belay.demo.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sub-command of this jar in a JVM of its own, which ends when this object is closed. */
final class ChildJvm implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
  private static final long START_SECONDS = 60;

  private final String name;
  private final Path log;
  private final Process process;
  private final Thread killer;
  private final CompletableFuture<String> url = new CompletableFuture<>();

  private ChildJvm(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    this.killer = new Thread(process::destroyForcibly, "end-" + name);
    Runtime.getRuntime().addShutdownHook(killer);
    Thread reader = new Thread(this::readOutput, "output-of-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts {@code java <options> -jar belay-demo.jar <name>}.
   *
   * @param logs the directory for what it writes to standard error
   */
  static ChildJvm start(String name, Path logs, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-Ddemo.port=0", "-Ddemo.end-with-parent=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.belay.demo.Demo"));
    command.add(name);
    try {
      Path log = Files.createTempFile(logs, name + "-", ".log");
      Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
      return new ChildJvm(name, log, process);
    } catch (IOException e) {
      throw new CannotStart("the " + name + " process could not be started: " + e.getMessage());
    }
  }

  /** Waits until it serves, and returns its address. */
  String url() {
    try {
      return url.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new CannotStart(name + " is not up after " + START_SECONDS + " s", lastWords());
    } catch (ExecutionException e) {
      throw new CannotStart(name + " ended before it was up", lastWords());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStart("interrupted while " + name + " was starting");
    }
  }

  /** The end of what it wrote to standard error, indented. */
  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.isEmpty()
          ? "(it is empty)"
          : String.join("\n    ", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    } catch (IOException e) {
      return "(it can not be read: " + e.getMessage() + ")";
    }
  }

  /** Nothing of the story is left to wait for when this is called, so it ends at once. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().orTimeout(5, TimeUnit.SECONDS).exceptionally(late -> process).join();
    Runtime.getRuntime().removeShutdownHook(killer);
  }

  private void readOutput() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          url.complete(listening.group(1));
        }
      }
    } catch (IOException e) {
      url.completeExceptionally(new UncheckedIOException(e));
    }
    url.completeExceptionally(new IllegalStateException("end of output"));
  }
}
