package io.belay.agent;

import io.belay.agent.log.Log;
import io.belay.agent.rule.MethodPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Patterns of the configuration that name one class, which has no code for the method: it is an
 * interface's, abstract or inherited. Nothing can be woven then, and whoever named it relies on it.
 */
final class Misnamed {
  private static final int MOST_NAMED = 3;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** Says so when the class is loaded, once. */
  void look(Weaver.Target target, String type, Coverage coverage) {
    MethodPattern pattern = target.pattern();
    if (pattern != null
        && !target.declared().method().startsWith("<")
        && type.equals(pattern.exactClass())
        && !coverage.matchedIn(target, type)
        && told.add(target.declared().boundary() + pattern.text())) {
      Log.warn(target.declared().boundary() + " " + why(pattern.text(), type));
    }
  }

  /**
   * The same for {@code doctor}, with the classes that could be named instead.
   *
   * @return {@code null} when the class has not been loaded
   */
  static @Nullable String inLoaded(MethodPattern pattern, Class<?>[] loaded) {
    for (Class<?> named : loaded) {
      if (named.getName().equals(pattern.exactClass())) {
        List<String> below = below(named, loaded);
        return why(pattern.text(), named.getName())
            + (below.isEmpty() ? "" : "; loaded so far: " + String.join(", ", below));
      }
    }
    return null;
  }

  private static String why(String pattern, String type) {
    return pattern
        + " has no effect: "
        + type
        + " has no code for that method, which is an interface's, abstract or inherited;"
        + " name the class that has it";
  }

  private static List<String> below(Class<?> named, Class<?>[] loaded) {
    List<String> names = new ArrayList<>();
    for (Class<?> type : loaded) {
      if (names.size() < MOST_NAMED
          && named != type
          && named.isAssignableFrom(type)
          && !type.isInterface()
          && !type.isHidden()) {
        names.add(type.getName());
      }
    }
    return names;
  }
}
