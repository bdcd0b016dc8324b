package io.belay.agent.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Carries stops out after they were acknowledged: aborts what is in flight when its grace is over,
 * cancels queued work, wakes waiting threads, and finds out when all is quiet.
 *
 * <p>One daemon thread that exists while a stop is under way; aborts run on a few others, because
 * the library that is asked may block.
 */
final class Stopper implements Runnable {
  private static final long TICK = 5_000_000;
  private static final int ABORTERS = 16;

  private final Runs runs;
  private final ConcurrentLinkedQueue<Stopping> taken = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile @Nullable Thread thread;
  private volatile @Nullable ThreadPoolExecutor aborters;

  Stopper(Runs runs) {
    this.runs = runs;
  }

  void take(Stopping stopping) {
    taken.add(stopping);
    if (busy.compareAndSet(false, true)) {
      Threads.start(this, "belay-stopper");
    }
    nudge();
  }

  void nudge() {
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    List<Advance> active = new ArrayList<>();
    for (; ; ) {
      for (Stopping next = taken.poll(); next != null; next = taken.poll()) {
        active.add(new Advance(runs, next, this));
      }
      long now = runs.clock.nanos();
      active.removeIf(advance -> advance.step(now));
      if (active.isEmpty()) {
        busy.set(false);
        // Whoever came between the last poll and this line found us busy and started nobody.
        if (taken.isEmpty() || !busy.compareAndSet(false, true)) {
          return;
        }
      } else {
        LockSupport.parkNanos(this, TICK);
      }
    }
  }

  /** Calls into a library or into the application's futures, off this thread. */
  void callOut(String what, Runnable call) {
    aborters().execute(() -> runs.guarded(what, call));
  }

  private synchronized ThreadPoolExecutor aborters() {
    if (aborters == null) {
      aborters =
          new ThreadPoolExecutor(
              ABORTERS,
              ABORTERS,
              1,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(),
              task -> Threads.make(task, "belay-abort"));
      aborters.allowCoreThreadTimeOut(true);
    }
    return aborters;
  }
}
