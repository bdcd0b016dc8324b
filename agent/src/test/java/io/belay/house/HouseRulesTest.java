package io.belay.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the code against {@link HouseRules}. */
class HouseRulesTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Path API = ROOT.resolve("agent-api");
  private static final Path AGENT = ROOT.resolve("agent");
  private static final Set<String> JAVA_BASE =
      ModuleLayer.boot().findModule("java.base").orElseThrow().getPackages();

  private final Arrows arrows =
      Arrows.of(API.resolve("target/classes"), AGENT.resolve("target/classes"));
  private final List<SourceFile> mainSources = sources("src/main/java", "agent-api", "agent");
  private final List<SourceFile> everySource =
      Stream.of("src/main/java", "src/test/java", "src/bench/java")
          .flatMap(kind -> sources(kind, "agent-api", "agent", "demo-app", "it-tests").stream())
          .toList();

  @Test
  void theClassFilesWereRead() {
    assertTrue(arrows.sources().contains("io.belay.agent.BelayAgent"), arrows.sources().toString());
    assertTrue(
        arrows
            .targetsOf("io.belay.agent.BelayAgent")
            .contains("java.lang.instrument.Instrumentation"));
    assertFalse(mainSources.isEmpty());
  }

  @Test
  void packagesSeeOnlyWhatTheArrowsAllow() {
    none(
        "Arrows not in HouseRules.ARROWS",
        pairs(
            (source, target) ->
                Arrows.isOurs(target)
                    && !Arrows.packageOf(source).equals(Arrows.packageOf(target))
                    && !Arrows.matchesAny(target, allowedFor(source))));
  }

  @Test
  void apiAndGateNeedTheBaseModuleAlone() {
    none(
        "The boot loader sees java.base alone",
        pairs(
            (source, target) ->
                Arrows.matchesAny(source, Set.of("api", "boot"))
                    && !Arrows.isOurs(target)
                    && !JAVA_BASE.contains(Arrows.packageOf(target))));
  }

  @Test
  void reservedThingsAreTouchedByTheirOwnersAlone() {
    none(
        "Not allowed by HouseRules.RESERVED",
        pairs(
            (source, target) ->
                narrowest(target, HouseRules.RESERVED)
                    .filter(owners -> !Arrows.matchesAny(source, owners))
                    .isPresent()));
  }

  @Test
  void bannedThingsAppearNowhere() {
    none(
        "Not allowed by HouseRules.BANNED",
        pairs(
            (source, target) ->
                HouseRules.BANNED.entrySet().stream()
                    .anyMatch(
                        ban ->
                            Arrows.matches(source, ban.getKey())
                                && Arrows.matchesAny(target, ban.getValue()))));
  }

  @Test
  void packagesFormNoCycle() {
    assertEquals(Optional.empty(), arrows.cycle());
  }

  @Test
  void namesSaySomething() {
    none(
        "Names that say nothing",
        Stream.concat(
            everySource.stream()
                .filter(
                    source -> source.name().replace(".java", "").matches(HouseRules.EMPTY_NAMES))
                .map(SourceFile::name),
            everySource.stream()
                .map(source -> source.path().getParent())
                .filter(folder -> folder.endsWith("util") || folder.endsWith("utils"))
                .map(Path::toString)));
  }

  @Test
  void settingsAndStandardOutputHaveOnePlace() {
    none(
        "Not allowed by HouseRules.WORDS",
        mainSources.stream().flatMap(source -> source.offences(HouseRules.WORDS)));
  }

  @Test
  void policyNamesNoLibrary() throws IOException {
    Pattern names = Pattern.compile(HouseRules.NAMES_OF_LIBRARIES);
    none(
        "Libraries are named by boundaries, and by the table of infrastructure beside them",
        SourceFile.below(AGENT.resolve("src/main/java/io/belay/agent/run")).stream()
            .flatMap(source -> source.linesWith(names)));
    List<String> table =
        Files.readAllLines(
            AGENT.resolve("src/main/resources/io/belay/agent/boundary/infrastructure.txt"));
    none(
        "Names of libraries that this rule would not know",
        table.stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> '"' + line.split(" +")[1])
            .filter(name -> !name.matches("\"(java|javax|jdk|sun|io.belay)\\..*"))
            .filter(name -> !names.matcher(name).lookingAt()));
  }

  @Test
  void noTestIsSwitchedOff() {
    none(
        "Not allowed by HouseRules.WORDS_IN_TESTS",
        sources("src/test/java", "agent-api", "agent", "demo-app", "it-tests").stream()
            .flatMap(source -> source.offences(HouseRules.WORDS_IN_TESTS)));
  }

  @Test
  void filesAreShort() {
    none(
        "Longer than " + HouseRules.MOST_LINES + " lines and not in HouseRules.TABLES",
        everySource.stream()
            .filter(source -> !HouseRules.TABLES.contains(source.name()))
            .filter(source -> source.lines().size() > HouseRules.MOST_LINES)
            .map(source -> source.name() + ": " + source.lines().size()));
  }

  @Test
  void aBoundaryIsAListOfNames() {
    Pattern logic = Pattern.compile("\\b(if|for|while|switch|try)\\b *[({]|[^?<]\\?[^?>]*:");
    Pattern foreign = Pattern.compile("^import (?!static io\\.belay\\.|io\\.belay\\.|java\\.)");
    List<SourceFile> boundaries =
        mainSources.stream().filter(source -> source.name().endsWith("Boundary.java")).toList();
    none(
        "Longer than " + HouseRules.MOST_LINES_OF_A_BOUNDARY + " lines",
        boundaries.stream()
            .filter(source -> source.lines().size() > HouseRules.MOST_LINES_OF_A_BOUNDARY)
            .map(source -> source.name() + ": " + source.lines().size()));
    none(
        "Logic or a library's type in a boundary",
        boundaries.stream()
            .flatMap(
                source ->
                    Stream.concat(source.linesWith(logic), source.linesWith(foreign))
                        .filter(line -> !line.matches("[^:]+:\\d+: (//|/?\\*).*"))));
  }

  @Test
  void whatApplicationsMayCallIsCommented(@TempDir Path classes) {
    String[] options = {"-proc:none", "-Xdoclint:missing/protected", "-Xmaxwarns", "10000", "-d"};
    String[] command =
        Stream.of(
                Stream.of(options),
                Stream.of(classes.toString()),
                SourceFile.below(API.resolve("src/main/java")).stream()
                    .map(source -> source.path().toString()))
            .flatMap(word -> word)
            .toArray(String[]::new);
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out, true);
    assertEquals(
        0,
        ToolProvider.findFirst("javac").orElseThrow().run(printer, printer, command),
        out::toString);
    none("Without a comment", out.toString().lines().filter(line -> line.contains(": no comment")));
  }

  private static Set<String> allowedFor(String source) {
    return narrowest(source, HouseRules.ARROWS).orElse(Set.of());
  }

  /** The entry for the longest name that the class falls under. */
  private static Optional<Set<String>> narrowest(String type, Map<String, Set<String>> table) {
    return table.entrySet().stream()
        .filter(entry -> Arrows.matches(type, entry.getKey()))
        .max(Comparator.comparingInt(entry -> Arrows.full(entry.getKey()).length()))
        .map(Map.Entry::getValue);
  }

  private interface Rule {
    boolean isBrokenBy(String source, String target);
  }

  private Stream<String> pairs(Rule rule) {
    return arrows.sources().stream()
        .flatMap(
            source ->
                arrows.targetsOf(source).stream()
                    .filter(target -> target.contains(".") && rule.isBrokenBy(source, target))
                    .map(target -> source + " -> " + target));
  }

  private static List<SourceFile> sources(String kind, String... modules) {
    return SourceFile.below(
        Stream.of(modules).map(module -> ROOT.resolve(module).resolve(kind)).toArray(Path[]::new));
  }

  private static void none(String rule, Stream<String> offences) {
    List<String> found = offences.toList();
    assertTrue(found.isEmpty(), () -> rule + ":\n  " + String.join("\n  ", found));
  }
}
