package io.belay.it.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A forked JVM that runs applications for a test, with or without Belay. Its threads are daemons
 * and it ends with this JVM, whatever happens.
 */
public final class Jvm implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("control plane: (http://[^ ;]+)");

  /** What Java 25 says of Netty's native code and of its use of Unsafe; who is named counts. */
  private static final Pattern OF_NETTY =
      Pattern.compile(
          "WARNING: (A restricted method in java.lang.System has been called"
              + "|.* has been called by io\\.netty\\..*"
              + "|Use --enable-native-access=ALL-UNNAMED.*"
              + "|Restricted methods will be blocked.*"
              + "|A terminally deprecated method in sun.misc.Unsafe has been called"
              + "|Please consider reporting this to the maintainers of class io\\.netty\\..*"
              + "|sun.misc.Unsafe::\\w+ will be removed.*)");

  /** What Tomcat says where a tenth of a second was not enough: of the machine, and no fault. */
  private static final Pattern OF_SLOWNESS =
      Pattern.compile("WARNING: Creation of SecureRandom instance .* took \\[.*");

  private final Process process;
  private final boolean belay;
  private final Map<String, Work> works = new ConcurrentHashMap<>();
  private final Set<String> moments = ConcurrentHashMap.newKeySet();
  private final Queue<String> stdout = new ConcurrentLinkedQueue<>();
  private final Queue<String> stderr = new ConcurrentLinkedQueue<>();
  private final Queue<String> expected = new ConcurrentLinkedQueue<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private volatile boolean ready;
  private final ControlPlane control;

  Jvm(List<String> command, boolean belay) {
    this.belay = belay;
    try {
      process = new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    read(process.getInputStream(), this::hear, "stdout");
    read(process.getErrorStream(), stderr::add, "stderr");
    Await.until("the forked JVM is ready: " + command, () -> ready || !process.isAlive());
    if (!ready) {
      throw new AssertionError("the forked JVM ended at once: " + String.join("\n", stderr));
    }
    control = belay ? new ControlPlane(address()) : null;
  }

  /** Where the control plane is, as the line says that Belay writes when it has started. */
  private URI address() {
    Await.until(
        "Belay says where it listens", () -> stderr.stream().anyMatch(LISTENS.asPredicate()));
    return URI.create(
        stderr.stream()
            .map(LISTENS::matcher)
            .filter(Matcher::find)
            .findFirst()
            .orElseThrow()
            .group(1));
  }

  /** Whether the agent is in it. */
  public boolean hasBelay() {
    return belay;
  }

  /** Calls {@code app} on a thread of its own and for no run: it starts a server. */
  public Work serve(Class<? extends App> app, String... args) {
    return start(app, "", args);
  }

  /** Calls {@code app} on a thread of its own; with Belay, as the run {@code id}. */
  public Work start(Class<? extends App> app, String id, String... args) {
    String[] words =
        Stream.concat(Stream.of(app.getName(), id), Stream.of(args)).toArray(String[]::new);
    return send("run", words);
  }

  /** Calls {@code app} on a thread of its own and in no run, so that it belongs to the root. */
  public Work startOutside(Class<? extends App> app, String... args) {
    return send(
        "call", Stream.concat(Stream.of(app.getName()), Stream.of(args)).toArray(String[]::new));
  }

  /** Its control plane. */
  public ControlPlane control() {
    return control;
  }

  /** Stops a run; returns when the stop is acknowledged. */
  public void stop(String id) {
    control.stop(id);
  }

  /** Lets an application go on that waits in {@link Script#await}. */
  public void cue(String key, String cue) {
    write("cue", key, cue);
  }

  /** Waits until an application has called {@link Script#tell}. */
  public void awaitMoment(String key, String moment) {
    Await.until(
        key + " reaches: " + moment, () -> moments.contains(key + ' ' + moment) || !isAlive());
    if (!moments.contains(key + ' ' + moment)) {
      throw new AssertionError("the forked JVM ended: " + String.join("\n", stderr));
    }
  }

  /** Whether an application has called {@link Script#tell}. */
  public boolean reached(String key, String moment) {
    return moments.contains(key + ' ' + moment);
  }

  /** Whether a thread of the application sleeps. */
  public boolean sleeps() {
    return send("asleep", "").result().equals("true");
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The process. */
  public long pid() {
    return process.pid();
  }

  /** What it wrote to standard error, line by line. */
  public List<String> stderr() {
    return List.copyOf(stderr);
  }

  /** What it wrote to standard output besides the harness's own lines. */
  public List<String> stdout() {
    return List.copyOf(stdout);
  }

  /** Says that warnings of Belay which match {@code regex} are meant. */
  public void expectLog(String regex) {
    expected.add(regex);
  }

  /** What must hold after every scenario; fails with all that does not. */
  void assertClean() {
    if (!isAlive()) {
      throw new AssertionError("the forked JVM ended: " + String.join("\n", stderr));
    }
    if (belay) {
      Await.until(() -> "nothing is left of " + left(), () -> left().isEmpty());
      String carrying = send("pools", "").result();
      if (!carrying.isEmpty()) {
        throw new AssertionError("pooled threads carry runs: " + carrying);
      }
    }
    List<String> unexpected =
        stderr.stream()
            .filter(line -> line.matches("\\[belay\\] (WARN|ERROR).*|.*\\bwarning:.*|WARNING.*"))
            .filter(line -> !OF_NETTY.matcher(line).matches())
            .filter(line -> !OF_SLOWNESS.matcher(line).matches())
            .filter(line -> expected.stream().noneMatch(line::matches))
            .toList();
    if (!unexpected.isEmpty()) {
      throw new AssertionError("unexpected on stderr:\n" + String.join("\n", unexpected));
    }
  }

  /** Live runs besides the root, and calls of the root in flight. */
  private String left() {
    StringBuilder left = new StringBuilder();
    for (JsonNode run : control.get("/runs?status=running,stopping")) {
      if (!run.path("id").asText().equals("jvm") || !run.path("inFlight").isEmpty()) {
        left.append(run);
      }
    }
    return left.toString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Work send(String command, String... words) {
    String number = String.valueOf(numbers.incrementAndGet());
    Work work = new Work(command + ' ' + String.join(" ", words));
    works.put(number, work);
    write(Stream.concat(Stream.of(command, number), Stream.of(words)).toArray(String[]::new));
    if (!process.isAlive()) {
      work.lost("the forked JVM ended");
    }
    return work;
  }

  private synchronized void write(String... words) {
    try {
      process.getOutputStream().write((Script.join(words) + '\n').getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the forked JVM ended: " + String.join("\n", stderr), e);
    }
  }

  private void hear(String line) {
    if (!line.startsWith(Fork.MARK)) {
      if (!line.isEmpty()) {
        stdout.add(line);
      }
      return;
    }
    List<String> words = Script.split(line.substring(Fork.MARK.length()));
    switch (words.get(0)) {
      case "ready" -> ready = true;
      case "moment" -> moments.add(words.get(1) + ' ' + words.get(2));
      case "done" -> works.remove(words.get(1)).done(words.get(2));
      default -> works.remove(words.get(1)).threw(words.get(2), words.get(3));
    }
  }

  private void read(InputStream stream, Consumer<String> line, String name) {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                lines.lines().forEach(line);
              } catch (IOException | UncheckedIOException closed) {
                // The JVM has ended.
              }
              works.values().forEach(work -> work.lost("the forked JVM ended"));
            },
            "it-" + name);
    reader.setDaemon(true);
    reader.start();
  }
}
