package io.belay.agent;

import io.belay.agent.run.CallSite;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** How a call in flight is ended, by the names that boundaries use. */
final class Aborts {
  private Aborts() {}

  /** {@code interrupt} wakes the calling thread; any other name is a method of the receiver. */
  static CallSite.@Nullable Abort named(String name) {
    if (name.isEmpty()) {
      return null;
    }
    if (name.equals("interrupt")) {
      return CallSite.Abort.INTERRUPT;
    }
    ClassValue<Method> methods =
        new ClassValue<>() {
          @Override
          protected Method computeValue(Class<?> type) {
            return find(type, name);
          }
        };
    return (self, args, thread) -> {
      if (self != null) {
        methods.get(self.getClass()).invoke(self);
      }
    };
  }

  /** The method as a public type declares it: the receiver's own class may not be accessible. */
  private static Method find(Class<?> type, String name) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> candidate : c.getInterfaces()) {
        Method found = declared(candidate, name);
        if (found != null) {
          return found;
        }
      }
      Method found = declared(c, name);
      if (found != null) {
        return found;
      }
    }
    throw new IllegalStateException(type.getName() + " has no public " + name + "()");
  }

  private static @Nullable Method declared(Class<?> type, String name) {
    if (Modifier.isPublic(type.getModifiers())) {
      try {
        return type.getMethod(name);
      } catch (NoSuchMethodException e) {
        return null;
      }
    }
    for (Class<?> above : type.getInterfaces()) {
      Method found = declared(above, name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
