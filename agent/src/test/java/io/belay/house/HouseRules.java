package io.belay.house;

import java.util.Map;
import java.util.Set;

/**
 * What may depend on what, as tables. {@link HouseRulesTest} reads them.
 *
 * <p>A name stands for a package and everything below it, or for one class with its nested classes;
 * {@code agent.run} is short for {@code io.belay.agent.run}, {@code agent.*} for the classes of
 * that package alone. A package that does not exist yet breaks no rule.
 */
final class HouseRules {
  private HouseRules() {}

  /**
   * Arrows between our own packages: from, and what it may see besides itself. A package that is
   * not listed may see nothing of ours.
   */
  static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("api", Set.of()),
          Map.entry("boot", Set.of()),
          Map.entry("agent.*", Set.of("agent", "api", "boot")),
          Map.entry("agent.advice", Set.of("boot")),
          Map.entry("agent.boundary", Set.of("agent.advice", "agent.run.Kind", "agent.run.As")),
          Map.entry("agent.sql", Set.of()),
          Map.entry("agent.rule", Set.of("boot", "agent.sql")),
          Map.entry("agent.run", Set.of("api", "boot", "agent.rule", "agent.sql")),
          Map.entry("agent.llm", Set.of()),
          Map.entry("agent.log", Set.of()),
          Map.entry("agent.http", Set.of("boot")),
          Map.entry("agent.control", Set.of("api", "agent.run", "agent.rule")),
          // A program of its own; all it has in common with the agent is what the two say.
          Map.entry("agent.cli", Set.of("agent.control", "agent.log.OneLine")),
          Map.entry("agent.traffic", Set.of("boot", "agent.run", "agent.rule", "agent.llm")));

  /** Things that only a few may touch: the thing, and who may. */
  static final Map<String, Set<String>> RESERVED =
      Map.ofEntries(
          Map.entry("net.bytebuddy", Set.of("agent.Weaving", "agent.advice")),
          Map.entry("net.bytebuddy.agent.ByteBuddyAgent", Set.of("agent.*")),
          Map.entry("okhttp3", Set.of("agent.http")),
          Map.entry("okio", Set.of("agent.http")),
          Map.entry("io.modelcontextprotocol", Set.of("agent.http")),
          Map.entry("reactor", Set.of("agent.http")),
          Map.entry("org.apache", Set.of("agent.http")),
          Map.entry(
              "com.fasterxml.jackson",
              Set.of("agent.*", "agent.llm", "agent.control", "agent.cli")),
          Map.entry("org.snakeyaml", Set.of("agent.*")),
          Map.entry(
              "org.slf4j",
              Set.of(
                  "agent.*", "agent.run", "agent.http", "agent.llm", "agent.log", "agent.control")),
          // The API keeps one of its own for applications without the agent.
          Map.entry("java.lang.ThreadLocal", Set.of("agent.run.Carrier", "api.Detached")),
          Map.entry("java.lang.InheritableThreadLocal", Set.of()),
          // Each of these costs start-up or changes what an application sees if it comes too early.
          Map.entry("java.util.logging", Set.of()),
          Map.entry("javax.management", Set.of("agent.control")),
          Map.entry("java.lang.management", Set.of("agent.control")),
          Map.entry("java.nio.file", Set.of("agent.control")),
          // ... the adapter when it first ends a statement, long after.
          // Of a client's own socket the size of what has come is asked.
          Map.entry(
              "java.net.Socket",
              Set.of(
                  "agent.control",
                  "agent.http.HttpUrlFields",
                  "agent.http.OkioBacklog",
                  "agent.http.VertxSqlCancel")),
          Map.entry("java.net.ServerSocket", Set.of("agent.control")),
          Map.entry("com.sun.net.httpserver", Set.of("agent.control", "agent.http")),
          Map.entry("com.sun.tools.attach", Set.of("agent.cli.Jvm")));

  /**
   * What must not appear at all in a package. Advice is copied into class files of any age: a
   * lambda or a concatenated string would copy an invokedynamic that old ones may not hold.
   */
  static final Map<String, Set<String>> BANNED =
      Map.of(
          "agent.advice",
          Set.of("java.lang.invoke.LambdaMetafactory", "java.lang.invoke.StringConcatFactory"));

  /** Words in our main sources: a regular expression, and the files that may hold it. */
  static final Map<String, Set<String>> WORDS =
      Map.of(
          // The command line is no agent: it asks about itself, not about an application.
          "\\bSystem\\.(getProperty|getProperties|getenv)\\(",
              Set.of("Settings.java", "Terminal.java", "CommandLine.java", "Line.java"),
          "\\b(Integer\\.getInteger|Long\\.getLong|Boolean\\.getBoolean)\\(",
              Set.of("Settings.java"),
          "\\bSystem\\.(out|console)\\b", Set.of("Terminal.java"),
          "\\bnew UnsupportedOperationException\\b", Set.of(),
          "\\b(TODO|FIXME|XXX)\\b", Set.of());

  /** In policy, which knows what a class does and not which library has it: boundaries are data. */
  static final String NAMES_OF_LIBRARIES =
      "\"(?!io\\.belay)(kotlin|(akka|ch|com|dev|io|net|okhttp3|okio|org|reactor|rx|scala|software)"
          + "[./])";

  /** The same for tests. */
  static final Map<String, Set<String>> WORDS_IN_TESTS =
      Map.of(
          "@Disabled\\b|\\bAssumptions?\\.", Set.of("HouseRules.java"),
          "\\b(TODO|FIXME|XXX)\\b", Set.of("HouseRules.java"));

  /** Class names that say nothing. */
  static final String EMPTY_NAMES = "Abstract[A-Z].*|.*Impl|I[A-Z][a-z].*|.*(Utils?|Helper)";

  static final int MOST_LINES = 400;

  /** Files that are tables, whatever their length. */
  static final Set<String> TABLES =
      Set.of("Keys.java", "SettingsTest.java", "Samples.java", "HandOffs.java", "Question.java");

  /** A boundary is a list of names; what does not fit is a missing word in Sites. */
  static final int MOST_LINES_OF_A_BOUNDARY = 60;
}
