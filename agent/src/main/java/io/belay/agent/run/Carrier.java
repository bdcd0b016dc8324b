package io.belay.agent.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** What each thread works for. The only thread-local of Belay. */
final class Carrier {
  private static final ThreadLocal<Slot> SLOT = new ThreadLocal<>();

  /** Belay's own threads carry this: calls with it are nobody's and always pass. */
  private static volatile @Nullable Run exemptRun;

  private Carrier() {}

  static void exemptRun(Run none) {
    exemptRun = none;
  }

  /** The current thread's, made if need be. */
  static Slot slot() {
    Slot slot = SLOT.get();
    return slot == null ? make() : slot;
  }

  /**
   * The current thread's, or {@code null}. Not asked of a thread that has no thread-local at all,
   * as most virtual threads have none: the question alone would make its map, of 136 bytes.
   */
  static @Nullable Slot peek() {
    VarHandle maps = Maps.FIELD;
    return maps != null && maps.get(Thread.currentThread()) == null ? null : SLOT.get();
  }

  /** The current thread's if it works for a run, else {@code null}. */
  static @Nullable Slot working() {
    Slot slot = peek();
    return slot == null || slot.run == null ? null : slot;
  }

  private static Slot make() {
    Slot slot = new Slot(Thread.currentThread());
    SLOT.set(slot);
    return slot;
  }

  /** The current thread is one of ours, for good. */
  static void exempt() {
    slot().run = exemptRun;
  }

  /**
   * Gives a thread that has not started its state. It is put into the thread's own map, so nothing
   * has to be woven where threads begin, which for subclasses of {@link Thread} could be anywhere.
   */
  static void give(Thread thread, Slot slot) throws Throwable {
    FirstValue.CREATE_MAP.invokeExact((ThreadLocal<?>) SLOT, thread, (Object) slot);
  }

  /** The one method of {@link ThreadLocal} by which a thread gets its first value. */
  private static final class FirstValue {
    static final MethodHandle CREATE_MAP = createMap();

    private static MethodHandle createMap() {
      try {
        return MethodHandles.privateLookupIn(ThreadLocal.class, MethodHandles.lookup())
            .findVirtual(
                ThreadLocal.class,
                "createMap",
                MethodType.methodType(void.class, Thread.class, Object.class));
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  /** Where a thread keeps its thread-locals. Looked up late: method handles are slow to set up. */
  private static final class Maps {
    static final @Nullable VarHandle FIELD = field();

    private static @Nullable VarHandle field() {
      try {
        return MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
            .findVarHandle(
                Thread.class,
                "threadLocals",
                Class.forName("java.lang.ThreadLocal$ThreadLocalMap"));
      } catch (ReflectiveOperationException | RuntimeException closed) {
        return null; // Then the map is made.
      }
    }
  }
}
