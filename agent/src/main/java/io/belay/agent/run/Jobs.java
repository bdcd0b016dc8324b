package io.belay.agent.run;

import io.belay.agent.rule.MethodPattern;
import java.util.List;

/** Which objects carry the run in which they were made: those of {@code belay.run.carry}. */
public final class Jobs {
  private final ClassValue<Boolean> named;
  private final TaskClasses classes;

  /**
   * Types by name.
   *
   * @param classes weaves the methods that work on them
   */
  public Jobs(List<MethodPattern> patterns, TaskClasses classes) {
    this.classes = classes;
    this.named =
        new ClassValue<>() {
          @Override
          protected Boolean computeValue(Class<?> type) {
            return isNamed(type, patterns);
          }
        };
  }

  static boolean isNamed(Class<?> type, List<MethodPattern> patterns) {
    for (MethodPattern pattern : patterns) {
      if (pattern.matchesClass(type.getName())) {
        return true;
      }
    }
    for (Class<?> one : type.getInterfaces()) {
      if (isNamed(one, patterns)) {
        return true;
      }
    }
    Class<?> above = type.getSuperclass();
    return above != null && isNamed(above, patterns);
  }

  boolean isOne(Object object) {
    return named.get(object.getClass());
  }

  /** Its class's own methods are woven, where they can be. */
  void weave(Object job) {
    classes.areWoven(job.getClass());
  }
}
