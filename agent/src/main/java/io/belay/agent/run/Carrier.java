package io.belay.agent.run;

import java.lang.invoke.MethodHandle;
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

  /** The current thread's, or {@code null}. */
  static @Nullable Slot peek() {
    return SLOT.get();
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
   *
   * @param createMap {@code ThreadLocal.createMap(Thread, Object)}
   */
  static void give(MethodHandle createMap, Thread thread, Slot slot) throws Throwable {
    createMap.invoke(SLOT, thread, (Object) slot);
  }
}
