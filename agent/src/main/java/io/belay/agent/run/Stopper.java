package io.belay.agent.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Carries stops out after they were acknowledged: aborts what is in flight when its grace is over,
 * cancels queued work, wakes waiting threads, and finds out when all is quiet.
 *
 * <p>One daemon thread that exists while a stop is under way, and never calls into a library or the
 * application: that is done by a few others, because whoever is asked may block.
 */
final class Stopper implements Runnable {
  private static final long SHORTEST_TICK = 1_000_000;
  private static final long LONGEST_TICK = 25_000_000;

  private final Runs runs;
  private final Executor self;
  private final Executor callers;
  private final ConcurrentLinkedQueue<Stopping> taken = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean busy = new AtomicBoolean();
  private final List<Advance> active = new ArrayList<>(); // Of the stopper's thread.
  private volatile @Nullable Thread thread;
  private volatile boolean nudged;

  /**
   * A stopper.
   *
   * @param self starts the thread that steps; tests leave that out and step themselves
   * @param callers call out
   */
  Stopper(Runs runs, Executor self, Executor callers) {
    this.runs = runs;
    this.self = self;
    this.callers = callers;
  }

  /** Carries {@code stopping} out from now on. */
  void take(Stopping stopping) {
    taken.add(stopping);
    if (busy.compareAndSet(false, true)) {
      try {
        self.execute(this);
      } catch (Throwable noThread) {
        busy.set(false); // The next stop, or the next thing that ends, tries again.
        runs.journal().fault("starting the stopper", noThread);
      }
    }
    nudge();
  }

  /** Something has changed: there may be something to do. */
  void nudge() {
    nudged = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    long tick = SHORTEST_TICK;
    for (; ; ) {
      nudged = false;
      if (step() && !runs.isRetired()) {
        if (callers instanceof Callers own) {
          own.tend();
        }
        LockSupport.parkNanos(this, tick);
        // What nobody tells of is waited for less and less eagerly.
        tick = nudged ? SHORTEST_TICK : Math.min(2 * tick, LONGEST_TICK);
      } else {
        busy.set(false);
        // Whoever came between the last look and this line found us busy and started nobody.
        if (taken.isEmpty() || !busy.compareAndSet(false, true)) {
          return;
        }
      }
    }
  }

  /** Does what is due now; answers whether any stop is still under way. */
  boolean step() {
    for (Stopping next = taken.poll(); next != null; next = taken.poll()) {
      active.add(new Advance(runs, next, this));
    }
    long now = runs.clock.nanos();
    active.removeIf(
        advance -> {
          try {
            return advance.step(now);
          } catch (Throwable fault) {
            // The others must go on; this one may come further next time.
            runs.gatekeeper().fault("carrying out a stop", fault);
            return false;
          }
        });
    return !active.isEmpty();
  }

  /** Calls into a library or into the application, off this thread. */
  void callOut(String what, Runnable call) {
    callers.execute(() -> runs.guarded(what, call));
  }
}
