package io.belay.agent.control;

import io.belay.agent.run.Threads;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps a caller that neither sends nor reads from holding a thread: a step that takes too long is
 * ended by an interrupt, which closes the channel that the thread is blocked on ({@link
 * java.nio.channels.InterruptibleChannel}). The JDK's server has time-outs too, but only as system
 * properties that would reach the application's own servers.
 */
final class Watch implements AutoCloseable {
  private static final long TICK = 100_000_000;

  private static final class Step {
    final Thread thread;
    final long end;
    private boolean over; // Guarded by this.
    private boolean interrupted; // Guarded by this.

    Step(Thread thread, long end) {
      this.thread = thread;
      this.end = end;
    }

    synchronized boolean finish() {
      over = true;
      return interrupted;
    }

    synchronized void interruptIfDue(long now) {
      if (!over && !interrupted && now - end > 0) {
        interrupted = true;
        thread.interrupt();
      }
    }
  }

  private final Map<Thread, Step> steps = new ConcurrentHashMap<>();
  private volatile boolean closed;

  void start() {
    Threads.start(this::run, "belay-http-watch");
  }

  /** The calling thread may be blocked so long, in nanoseconds, until it calls {@link #end}. */
  void begin(long limit) {
    end();
    Thread thread = Thread.currentThread();
    steps.put(thread, new Step(thread, System.nanoTime() + limit));
  }

  /** The calling thread is past the step; an interrupt that came is taken back. */
  void end() {
    Step step = steps.remove(Thread.currentThread());
    if (step != null && step.finish()) {
      Thread.interrupted();
    }
  }

  private void run() {
    while (!closed) {
      long now = System.nanoTime();
      steps.values().forEach(step -> step.interruptIfDue(now));
      LockSupport.parkNanos(this, TICK);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
