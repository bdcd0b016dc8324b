package io.belay.agent.run;

import io.belay.agent.rule.MethodPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shared infrastructure: what serves whoever comes, although a run's thread came by first. Which
 * classes are that is data, handed over with the sites and read when the first task changes hands
 * in a run.
 */
public final class Infrastructure {
  /** What a named class is. */
  private enum Role {
    KEEPS,
    WORKS,
    WRAPS,
    NOBODY,
    SERVES,
    THREAD
  }

  private static Infrastructure current = new Infrastructure(Collections::emptyList, List.of());

  private final Supplier<List<String>> table;
  private final List<MethodPattern> named;
  private final boolean exempts;
  private volatile @Nullable Map<Role, List<String>> names;

  private final ClassValue<TaskKind> kinds =
      new ClassValue<>() {
        @Override
        protected TaskKind computeValue(Class<?> type) {
          return new TaskKind(type, Infrastructure.this);
        }
      };

  private final ClassValue<Boolean> threads =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return servesAsThread(type);
        }
      };

  /**
   * Infrastructure by name.
   *
   * @param table lines of a role, a name and a reason; read when it is needed first
   * @param named what the configuration adds; a pattern without a method names a type
   */
  public Infrastructure(Supplier<List<String>> table, List<MethodPattern> named) {
    this.table = table;
    this.exempts = !named.isEmpty();
    this.named = new ArrayList<>(named.size());
    for (MethodPattern pattern : named) {
      if (pattern.text().indexOf('#') < 0) {
        this.named.add(pattern);
      }
    }
  }

  /**
   * This is what holds from now on. Called before anything is woven, so a plain field is enough: a
   * thread that runs woven code sees what was written before the weaving.
   */
  public void install() {
    current = this;
    if (exempts) {
      Idle.begun(); // What their methods hand over is asked about, too.
    }
  }

  static TaskKind kindOf(Object task) {
    return current.kinds.get(task.getClass());
  }

  /** Whether the thread is a library's own, by its class or by what it is there to do. */
  static boolean isShared(Thread thread) {
    if (current.threads.get(thread.getClass())) {
      return true;
    }
    Object target = Target.of(thread);
    return target != null && kindOf(target).shared;
  }

  /** Whether it is nobody's in an executor that knows some of its tasks by class. */
  static boolean isPlumbing(Object task) {
    return kindOf(Queued.innermost(task)).shared;
  }

  /** Whether it is done although its run was stopped. */
  static boolean mustFinish(Object task) {
    return kindOf(Queued.innermost(task)).keeps;
  }

  boolean keeps(String name) {
    return has(Role.KEEPS, name) && !has(Role.WORKS, name);
  }

  boolean isNobodys(String name) {
    return has(Role.NOBODY, name);
  }

  boolean wraps(String name) {
    return has(Role.WRAPS, name);
  }

  boolean serves(Class<?> type) {
    return has(Role.SERVES, type.getName()) || isNamed(type);
  }

  /** A class that the configuration names is its lambdas, too: they are code of its own. */
  private boolean isNamed(Class<?> type) {
    String name = type.getName();
    int lambda = name.indexOf("$$Lambda");
    String host = lambda < 0 ? name : name.substring(0, lambda);
    return !named.isEmpty()
        && (named.stream().anyMatch(pattern -> pattern.matchesClass(host))
            || Jobs.isNamed(type, named));
  }

  private boolean servesAsThread(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (has(Role.THREAD, c.getName())) {
        return true;
      }
    }
    return isNamed(type);
  }

  private boolean has(Role role, String name) {
    for (String known : names().getOrDefault(role, List.of())) {
      int last = known.length() - 1;
      if (known.endsWith("*")
          ? name.startsWith(known.substring(0, last))
          : known.endsWith(".") ? name.startsWith(known) : name.equals(known)) {
        return true;
      }
    }
    return false;
  }

  private Map<Role, List<String>> names() {
    Map<Role, List<String>> known = names;
    if (known == null) {
      known = read(table.get()); // By two threads at most once each: the result is the same.
      names = known;
    }
    return known;
  }

  private static Map<Role, List<String>> read(List<String> lines) {
    Map<Role, List<String>> found = new EnumMap<>(Role.class);
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] words = line.split(" +", 3);
        if (words.length < 3) {
          throw new IllegalArgumentException("no role, name and reason: " + line);
        }
        Role role = Role.valueOf(words[0].toUpperCase(Locale.ROOT));
        found.computeIfAbsent(role, none -> new ArrayList<>()).add(words[1]);
      }
    }
    return found;
  }
}
