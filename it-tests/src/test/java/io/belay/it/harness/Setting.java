package io.belay.it.harness;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a scenario runs on. Confined to the thread of the tests.
 *
 * @param jdk the JDK of the forked JVMs
 * @param libraries the set of libraries on their class path, by name
 */
public record Setting(Jdk jdk, String libraries) {
  private static final int KEPT = 6;

  /** The least recently used first. */
  private static final Map<List<String>, Jvm> SHARED = new LinkedHashMap<>(16, 0.75f, true);

  private static final Set<Jvm> USED = new LinkedHashSet<>();
  private static final AtomicInteger NAMES = new AtomicInteger();

  /** A name that no other scenario has: for a run, and as the key of its requests. */
  public static String unique(String name) {
    return name + '-' + NAMES.incrementAndGet();
  }

  /** A JVM without the agent, for the control. */
  public Jvm withoutBelay(String... jvmOptions) {
    return shared(command(null, List.of(jvmOptions)), false);
  }

  /**
   * A JVM with the agent, in which every application that is started is a run.
   *
   * @param options Belay's, without {@code -D}: {@code belay.stop.grace.http=0s}; what begins with
   *     {@code -} is an option of the JVM
   */
  public Jvm withBelay(String... options) {
    return shared(command(belayJar(), List.of(options)), true);
  }

  /** The agent that is tested. */
  public static Path belayJar() {
    Path jar = Path.of(System.getProperty("belay.jar", "../agent/target/belay.jar"));
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException("no agent at " + jar + ": build the module agent first");
    }
    return jar.toAbsolutePath().normalize();
  }

  /** The command line of a JVM up to its class path; {@code agent} may be null. */
  public List<String> java(Path agent, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(jdk.program("java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Xverify:all"));
    if (agent != null) {
      command.add("-javaagent:" + agent);
      // The JDK's server sends head and body apart; between them Nagle waits 40 ms for the client.
      command.add("-Dsun.net.httpserver.nodelay=true");
    }
    for (String option : options) {
      command.add(option.startsWith("-") ? option : "-D" + option);
    }
    List<String> classPath = new ArrayList<>();
    classPath.add(Libraries.testClasses().toString());
    Libraries.named(libraries).forEach(jar -> classPath.add(jar.toString()));
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath));
    return command;
  }

  private List<String> command(Path agent, List<String> options) {
    List<String> all = new ArrayList<>(options);
    if (agent != null) {
      all.add("belay.http.port=0");
      all.add("belay.run.entrypoints=" + Entry.PATTERN);
    }
    List<String> command = java(agent, all);
    command.add(Fork.class.getName());
    return command;
  }

  private static Jvm shared(List<String> command, boolean belay) {
    Jvm jvm = SHARED.get(command);
    if (jvm == null || !jvm.isAlive()) {
      jvm = new Jvm(command, belay);
      SHARED.put(command, jvm);
      Iterator<Jvm> oldest = SHARED.values().iterator();
      while (SHARED.size() > KEPT) {
        oldest.next().close();
        oldest.remove();
      }
    }
    USED.add(jvm);
    return jvm;
  }

  /** Checks every JVM that was used since the last call; one that fails is not used again. */
  static void assertClean() {
    List<Jvm> used = List.copyOf(USED);
    USED.clear();
    AssertionError found = null;
    for (Jvm jvm : used) {
      try {
        jvm.assertClean();
      } catch (AssertionError e) {
        jvm.close();
        found = e;
      }
    }
    if (found != null) {
      throw found;
    }
  }

  @Override
  public String toString() {
    return jdk + ", " + libraries;
  }
}
