package io.belay.agent.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** The delayed tasks of {@code ForkJoinPool}, which Java 25 has. */
final class Scheduled {
  private static final String NAME = "java.util.concurrent.DelayScheduler$ScheduledForkJoinTask";
  private static final @Nullable Class<?> TYPE = type();
  private static final @Nullable VarHandle DELAY = delay();

  private Scheduled() {}

  private static @Nullable Class<?> type() {
    try {
      return Class.forName(NAME, false, null);
    } catch (ClassNotFoundException older) {
      return null;
    }
  }

  private static @Nullable VarHandle delay() {
    if (TYPE == null) {
      return null;
    }
    try {
      return MethodHandles.privateLookupIn(TYPE, MethodHandles.lookup())
          .findVarHandle(TYPE, "nextDelay", long.class);
    } catch (ReflectiveOperationException other) {
      return null;
    }
  }

  /** Whether the task is done more than once. */
  static boolean isRecurring(Object task) {
    return task.getClass() == TYPE && DELAY != null && (long) DELAY.get(task) != 0;
  }
}
