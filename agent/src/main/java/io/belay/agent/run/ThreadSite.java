package io.belay.agent.run;

import java.lang.invoke.MethodHandle;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The start of a thread: what the starter works for, the thread works for from its first
 * instruction to its last.
 */
public final class ThreadSite extends Site {
  /** {@code ThreadLocal.createMap(Thread, Object)}: sets the first value of a thread. */
  private final Supplier<MethodHandle> createMap;

  /**
   * The start of threads.
   *
   * @param createMap {@code (ThreadLocal, Thread, Object)void}; asked for when the first thread is
   *     started, since method handles are slow to set up
   */
  public ThreadSite(String boundary, String label, Supplier<MethodHandle> createMap) {
    super(boundary, label);
    this.createMap = createMap;
  }

  @Override
  void check(@Nullable Object self) {
    Slot slot = Carrier.peek();
    Run run = slot == null ? null : slot.run;
    if (slot == null || run == null || run.above() == null) {
      return;
    }
    Thread thread = (Thread) Objects.requireNonNull(self);
    if (thread.getState() != Thread.State.NEW || Infrastructure.isShared(thread)) {
      return;
    }
    hit();
    Started started = new Started(run, thread);
    Slot own = new Slot(thread, started);
    own.shield = slot.shield;
    started.join();
    try {
      Carrier.give(createMap.get(), thread, own);
      started.begin(own);
    } catch (Throwable fault) {
      started.leave();
      throw new IllegalStateException("cannot carry a run into " + thread, fault);
    }
  }

  /** The current thread ends. */
  @Override
  void opened(@Nullable Object self, @Nullable Object made) {
    Slot slot = Carrier.peek();
    if (slot != null) {
      Taken.leave(slot, null);
    }
    if (slot != null && slot.work instanceof Started started) {
      slot.run = null;
      slot.work = null;
      started.finish(slot);
      started.leave();
    }
  }

  private static final class Started extends Work {
    private final boolean holds;

    Started(Run run, Thread thread) {
      super(run);
      // Virtual threads are daemons by decree; they are short, and the run waits for them.
      holds = !thread.isDaemon() || !thread.getClass().equals(Thread.class) && isVirtual(thread);
    }

    @Override
    boolean holds() {
      return holds;
    }

    private static boolean isVirtual(Thread thread) {
      return thread.getClass().getName().startsWith("java.lang.");
    }
  }
}
