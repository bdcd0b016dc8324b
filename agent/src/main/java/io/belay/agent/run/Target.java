package io.belay.agent.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** What a thread was made to do. Threads keep it where nobody may look: in a field of their own. */
final class Target {
  /** {@code Thread.target} until 18, {@code Thread.holder.task} from 19 on. */
  private static final @Nullable VarHandle HOLDER = field(Thread.class, "holder");

  private static final @Nullable VarHandle TASK =
      HOLDER == null ? field(Thread.class, "target") : field(HOLDER.varType(), "task");

  private Target() {}

  private static @Nullable VarHandle field(Class<?> in, String name) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(in, MethodHandles.lookup());
      return lookup.unreflectVarHandle(in.getDeclaredField(name));
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return null;
    }
  }

  /** {@code null} for a thread that does what its class says, and where it cannot be known. */
  static @Nullable Object of(Thread thread) {
    if (TASK == null) {
      return null;
    }
    Object holder = HOLDER == null ? thread : HOLDER.get(thread);
    return holder == null ? null : TASK.get(holder); // A virtual thread has no holder.
  }
}
