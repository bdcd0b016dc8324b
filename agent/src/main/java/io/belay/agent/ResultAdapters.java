package io.belay.agent;

import io.belay.agent.boundary.PublisherTypes;
import io.belay.boot.DeferredAdapter;
import java.lang.reflect.Modifier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds who knows the publishers of a class, by the class of a library that it shows itself as. */
final class ResultAdapters implements Function<Class<?>, @Nullable DeferredAdapter> {
  private final ClassValue<Object[]> known;

  ResultAdapters(Adapters adapters) {
    known =
        new ClassValue<>() {
          @Override
          protected Object[] computeValue(Class<?> type) {
            Class<?> shown = shown(type);
            if (shown == null) {
              return new Object[1];
            }
            String adapter = PublisherTypes.ADAPTERS.get(shown.getName());
            return new Object[] {adapter == null ? null : adapters.deferred(adapter, shown)};
          }
        };
  }

  @Override
  public @Nullable DeferredAdapter apply(Class<?> type) {
    return (DeferredAdapter) known.get(type)[0];
  }

  /**
   * The nearest class above that others can name. Whoever declares a result declares no narrower
   * one, so this may be put in its place.
   */
  private static @Nullable Class<?> shown(Class<?> type) {
    if (PublisherTypes.LIBRARIES.stream().noneMatch(type.getName()::startsWith)) {
      return null;
    }
    Class<?> shown = type;
    while (shown != null
        && (!Modifier.isPublic(shown.getModifiers()) || PublisherTypes.isHidden(shown.getName()))) {
      shown = shown.getSuperclass();
    }
    return shown;
  }
}
