package io.belay.agent.run;

import java.util.function.Consumer;

/** Classes of tasks that have to be woven before the first of their tasks can carry a run. */
public final class TaskClasses {
  private final ClassValue<Boolean> woven;

  /**
   * Classes that become known by use.
   *
   * @param weave weaves one of them; told of each once
   */
  public TaskClasses(Consumer<Class<?>> weave) {
    woven =
        new ClassValue<>() {
          @Override
          protected Boolean computeValue(Class<?> type) {
            if (type.isHidden()) {
              return false; // Nobody can weave the class of a lambda.
            }
            weave.accept(type);
            return true;
          }
        };
  }

  /** Whether the class is woven, from now on at the latest. */
  boolean areWoven(Class<?> type) {
    return woven.get(type);
  }
}
