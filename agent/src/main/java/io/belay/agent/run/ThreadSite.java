package io.belay.agent.run;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The start of a thread: what the starter works for, the thread works for from its first
 * instruction to its last.
 */
public final class ThreadSite extends Site {
  /**
   * Threads.
   *
   * @param starts whether it is where they start, or where they end
   */
  public ThreadSite(String boundary, String label, boolean starts) {
    super(boundary, label);
    this.restsWhenIdle = starts; // A daemon may outlast all runs, and is forgotten when it ends.
  }

  @Override
  void check(@Nullable Object self) {
    Slot slot = Carrier.working();
    Run run = slot == null ? null : slot.run;
    if (slot == null || run == null || run.above() == null) {
      return;
    }
    Thread thread = (Thread) Objects.requireNonNull(self);
    if (thread.getState() != Thread.State.NEW
        || Threads.isOurs(thread)
        || Infrastructure.isShared(thread)
        || Starter.isExecutor(thread)) {
      return;
    }
    hit();
    Started started = new Started(run, thread);
    Slot own = new Slot(thread, started);
    own.shield = slot.shield;
    started.join();
    try {
      Carrier.give(thread, own);
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
      holds = !thread.isDaemon() || VirtualThreads.isVirtual(thread);
    }

    @Override
    boolean holds() {
      return holds;
    }
  }
}
