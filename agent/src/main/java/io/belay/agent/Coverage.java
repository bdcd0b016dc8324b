package io.belay.agent;

import io.belay.agent.boundary.Declared;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is woven where, and what was meant to be and is not. Kept for people; read by the doors. */
final class Coverage {
  /**
   * One site.
   *
   * @param classes the classes that were seen, each with the number of methods that matched
   */
  record Row(
      String boundary,
      String site,
      String shape,
      int woven,
      long hits,
      Map<String, Integer> classes,
      String failure,
      boolean optional) {}

  private final List<Weaver.Target> targets = new ArrayList<>();
  private final Map<Weaver.Target, Map<String, Integer>> seen = new ConcurrentHashMap<>();
  private final Map<Weaver.Target, String> failures = new ConcurrentHashMap<>();

  private volatile @Nullable List<String> failedTests;

  /** Which boundaries failed the self-test of hand-overs. */
  void tested(List<String> failed) {
    failedTests = List.copyOf(failed);
  }

  /** The same; {@code null} before it was made. */
  @Nullable List<String> failedTests() {
    return failedTests;
  }

  synchronized void declared(Weaver.Target target) {
    targets.add(target);
  }

  void woven(Weaver.Target target, @Nullable ClassLoader loader, String type, int methods) {
    target.site().wove(methods);
    seen.computeIfAbsent(target, unseen -> new ConcurrentHashMap<>()).put(type, methods);
  }

  void failed(List<Weaver.Target> meant, @Nullable ClassLoader loader, Throwable fault) {
    for (Weaver.Target target : meant) {
      failures.put(target, fault.toString());
    }
  }

  /** Whether {@code target} matched a method of the class. */
  boolean matchedIn(Weaver.Target target, String type) {
    return seen.getOrDefault(target, Map.of()).getOrDefault(type, 0) > 0;
  }

  /** As the control plane shows it. Looks at all loaded classes, so not to be asked often. */
  io.belay.agent.control.Coverage shown(Instrumentation instrumentation) {
    Class<?>[] loaded = Loaded.classes(instrumentation);
    Set<String> woven = wovenClasses();
    Map<String, Library> libraries = new HashMap<>();
    for (Class<?> type : loaded) {
      if (woven.contains(type.getName())) {
        libraries.putIfAbsent(type.getName(), Library.of(type));
      }
    }
    List<io.belay.agent.control.Coverage.Covered> covered = new ArrayList<>();
    for (Row row : rows()) {
      Library library = library(row, libraries);
      covered.add(
          new io.belay.agent.control.Coverage.Covered(
              row.boundary(),
              row.site(),
              row.woven(),
              row.hits(),
              library.name(),
              library.version()));
    }
    List<io.belay.agent.control.Coverage.Missed> missed = new ArrayList<>();
    for (String site : unmatched()) {
      missed.add(
          new io.belay.agent.control.Coverage.Missed(site, "", "its classes lack what is woven"));
    }
    missed.addAll(KnownLibraries.missed(loaded, woven));
    return new io.belay.agent.control.Coverage() {
      @Override
      public List<Covered> covered() {
        return covered;
      }

      @Override
      public List<Missed> missed() {
        return missed;
      }
    };
  }

  private static Library library(Row row, Map<String, Library> libraries) {
    for (Map.Entry<String, Integer> type : row.classes().entrySet()) {
      Library library = libraries.getOrDefault(type.getKey(), Library.UNKNOWN);
      if (type.getValue() > 0 && !library.name().isEmpty()) {
        return library;
      }
    }
    return Library.UNKNOWN;
  }

  private Set<String> wovenClasses() {
    Set<String> names = new HashSet<>();
    for (Row row : rows()) {
      row.classes().forEach((type, methods) -> names.addAll(methods > 0 ? Set.of(type) : Set.of()));
    }
    return names;
  }

  /** All sites, in the order in which they were declared. */
  synchronized List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Weaver.Target target : targets) {
      Declared declared = target.declared();
      rows.add(
          new Row(
              declared.boundary(),
              declared.label(),
              declared.shape().name(),
              target.site().woven(),
              target.site().hits(),
              new TreeMap<>(seen.getOrDefault(target, Map.of())),
              failures.getOrDefault(target, ""),
              declared.optional()));
    }
    return rows;
  }

  /** The sites that a class was loaded for and that match nothing in it, though they must. */
  synchronized List<String> unmatched() {
    List<String> names = new ArrayList<>();
    for (Row row : rows()) {
      if (row.woven() == 0 && !row.classes().isEmpty() && !row.optional()) {
        names.add(row.boundary() + ": " + row.site());
      }
    }
    return names;
  }
}
