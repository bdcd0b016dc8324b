package io.belay.agent.run;

import java.util.function.Consumer;

/** Classes that were met, each told of once. */
final class Seen extends ClassValue<Boolean> {
  private final Consumer<Class<?>> found;

  Seen(Consumer<Class<?>> found) {
    this.found = found;
  }

  @Override
  protected Boolean computeValue(Class<?> type) {
    found.accept(type);
    return true;
  }
}
