package io.belay.agent.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads that call into libraries and the application for the stopper. A few do, as long as
 * those return; when all of them hang in somebody's code there are more, so that one library that
 * blocks keeps no other call from being aborted. They end when there is nothing to do.
 */
final class Callers implements Executor {
  private static final int FEW = 16;
  private static final int MOST = 512;
  private static final long HANGS_NANOS = 250_000_000;
  private static final long LINGERS_NANOS = 1_000_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final Deque<Runnable> calls = new ArrayDeque<>(); // Guarded by lock.
  private int threads; // Guarded by lock.
  private int idle; // Guarded by lock.
  private long tookNanos; // Guarded by lock: when anybody last took a call.

  @Override
  public void execute(Runnable call) {
    lock.lock();
    try {
      calls.add(call);
      if (idle > 0) {
        more.signal();
      } else if (threads < FEW || (threads < MOST && hang())) {
        grow();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nobody has taken a call for long, although there are some. */
  private boolean hang() {
    return System.nanoTime() - tookNanos > HANGS_NANOS;
  }

  private void grow() {
    threads++;
    tookNanos = System.nanoTime();
    try {
      Threads.start(this::serve, "belay-abort");
    } catch (Throwable noThread) {
      threads--;
      if (threads == 0) {
        throw noThread;
      }
    }
  }

  private void serve() {
    for (Runnable call = next(); call != null; call = next()) {
      call.run();
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      idle++;
      try {
        long left = LINGERS_NANOS;
        while (calls.isEmpty() && left > 0) {
          left = more.awaitNanos(left);
        }
      } catch (InterruptedException meantForSomebodyElse) {
        // What was called out to has left it behind.
      } finally {
        idle--;
      }
      Runnable call = calls.poll();
      if (call == null) {
        threads--;
      } else {
        tookNanos = System.nanoTime();
      }
      return call;
    } finally {
      lock.unlock();
    }
  }

  /** Called now and then while a stop is under way: calls must not wait behind those that hang. */
  void tend() {
    lock.lock();
    try {
      if (!calls.isEmpty() && idle == 0 && threads < MOST && hang()) {
        for (int i = 0; i < FEW && threads < MOST; i++) {
          grow();
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
