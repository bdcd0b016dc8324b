package io.belay.agent.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Finds the work in a future that is being cancelled. The JDK's are looked into anyway; a library's
 * own, such as a timer's, keeps its task in a field of itself or of what it extends, and drops it
 * when it is cancelled. Looked for once for each class, and by cancelling alone: to everything else
 * such a future is the library's.
 */
final class Held {
  private static final ClassValue<VarHandle[]> FIELDS =
      new ClassValue<>() {
        @Override
        protected VarHandle[] computeValue(Class<?> type) {
          return find(type);
        }
      };

  private Held() {}

  /** The work that {@code future} stands for; {@code null} when it holds none. */
  static @Nullable Work by(Object future) {
    Work work = Queued.inside(future);
    if (work != null) {
      return work;
    }
    for (VarHandle field : FIELDS.get(future.getClass())) {
      Object held = field.get(future);
      Work inside = held == null ? null : Queued.inside(held);
      if (inside != null) {
        return inside;
      }
    }
    return null;
  }

  private static VarHandle[] find(Class<?> type) {
    List<VarHandle> found = new ArrayList<>();
    for (Class<?> c = type; c != null && c.getClassLoader() != null; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && mayHold(field.getType())) {
          try {
            found.add(
                MethodHandles.privateLookupIn(c, MethodHandles.lookup()).unreflectVarHandle(field));
          } catch (IllegalAccessException closed) {
            // Then the run hears of it when somebody looks whether its future is done.
          }
        }
      }
    }
    return found.toArray(new VarHandle[0]);
  }

  private static boolean mayHold(Class<?> type) {
    return type == Object.class || type == Runnable.class || type == Callable.class;
  }
}
