package io.belay.agent.run;

import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Classes that were met, each told of once. Not those of {@link Proxy}: what they pass on is met
 * behind them.
 */
final class Seen extends ClassValue<Boolean> {
  private final Consumer<Class<?>> found;

  Seen(Consumer<Class<?>> found) {
    this.found = found;
  }

  @Override
  protected Boolean computeValue(Class<?> type) {
    if (!Proxy.isProxyClass(type)) {
      found.accept(type);
    }
    return true;
  }
}
