package io.belay.agent.run;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** What Belay has to know of virtual threads, which Java 17 has not. */
final class VirtualThreads {
  /** The pool that they run on; {@code null} where there are none. */
  static final @Nullable Object SCHEDULER = scheduler();

  private static final @Nullable Class<?> TYPE = type();

  private VirtualThreads() {}

  static boolean isVirtual(Thread thread) {
    return TYPE != null && TYPE.isInstance(thread);
  }

  private static @Nullable Class<?> type() {
    try {
      return Class.forName("java.lang.BaseVirtualThread");
    } catch (ClassNotFoundException none) {
      return null;
    }
  }

  private static @Nullable Object scheduler() {
    try {
      Field field = Class.forName("java.lang.VirtualThread").getDeclaredField("DEFAULT_SCHEDULER");
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException | RuntimeException none) {
      return null;
    }
  }
}
