package io.belay.house;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Who depends on whom, class by class, as {@code jdeps} reads it from the class files. */
final class Arrows {
  private static final String OURS = "io.belay.";

  private final Map<String, Set<String>> targetsBySource = new TreeMap<>();

  static Arrows of(Path... classes) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] options = {"--multi-release", "base", "-verbose:class", "-filter:none"};
    String[] command =
        Stream.concat(
                Arrays.stream(options),
                Arrays.stream(classes).filter(Files::isDirectory).map(Path::toString))
            .toArray(String[]::new);
    int status =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(new PrintWriter(out, true), new PrintWriter(err, true), command);
    if (status != 0) {
      throw new IllegalStateException("jdeps ended with " + status + ": " + out + err);
    }
    Arrows arrows = new Arrows();
    out.toString().lines().forEach(arrows::read);
    return arrows;
  }

  private void read(String line) {
    String[] words = line.trim().split("\\s+", 4);
    if (words.length > 2 && words[1].equals("->") && words[0].startsWith(OURS)) {
      targetsBySource.computeIfAbsent(words[0], source -> new TreeSet<>()).add(words[2]);
    }
  }

  Set<String> sources() {
    return targetsBySource.keySet();
  }

  Set<String> targetsOf(String source) {
    return targetsBySource.get(source);
  }

  static boolean isOurs(String type) {
    return type.startsWith(OURS);
  }

  static String packageOf(String type) {
    return type.substring(0, type.lastIndexOf('.'));
  }

  /** Whether a class is, or lies below, what a name of the tables stands for. */
  static boolean matches(String type, String name) {
    if (name.endsWith(".*")) {
      return packageOf(type).equals(full(name.substring(0, name.length() - 2)));
    }
    String full = full(name);
    return type.equals(full) || type.startsWith(full + ".") || type.startsWith(full + "$");
  }

  static boolean matchesAny(String type, Set<String> names) {
    return names.stream().anyMatch(name -> matches(type, name));
  }

  static String full(String name) {
    return name.matches("(agent|api|boot)(\\..*)?") ? OURS + name : name;
  }

  /** A cycle among our packages, or empty. */
  Optional<String> cycle() {
    Map<String, Set<String>> packages = new TreeMap<>();
    targetsBySource.forEach(
        (source, targets) ->
            targets.stream()
                .filter(Arrows::isOurs)
                .map(Arrows::packageOf)
                .filter(target -> !target.equals(packageOf(source)))
                .forEach(
                    target ->
                        packages
                            .computeIfAbsent(packageOf(source), p -> new TreeSet<>())
                            .add(target)));
    Map<String, Boolean> finished = new HashMap<>();
    return packages.keySet().stream()
        .map(start -> walk(start, start, packages, finished))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> walk(
      String at, String path, Map<String, Set<String>> packages, Map<String, Boolean> finished) {
    Boolean seen = finished.putIfAbsent(at, false);
    if (seen != null) {
      return seen ? Optional.empty() : Optional.of(path);
    }
    for (String next : packages.getOrDefault(at, Set.of())) {
      Optional<String> found = walk(next, path + " -> " + next, packages, finished);
      if (found.isPresent()) {
        return found;
      }
    }
    finished.put(at, true);
    return Optional.empty();
  }
}
