package io.belay.agent.control;

import io.belay.agent.run.Threads;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Keeps a caller that neither sends nor reads from holding a thread: a step that takes too long is
 * ended by an interrupt, which closes the channel that the thread is blocked on ({@link
 * java.nio.channels.InterruptibleChannel}). The JDK's server has time-outs too, but only as system
 * properties that would reach the application's own servers.
 *
 * <p>While others wait for a thread, nobody may take his time: a crowd that sends half of its
 * requests must not keep a Stop from being taken.
 */
final class Watch implements AutoCloseable {
  private static final long TICK = 100_000_000;

  /** What is left of everybody's patience while others wait; many times a round trip. */
  private static final long HURRY = 500_000_000;

  private static final class Step {
    final Thread thread;
    final long begin;
    final long limit;
    private boolean over; // Guarded by this.
    private boolean interrupted; // Guarded by this.

    Step(Thread thread, long begin, long limit) {
      this.thread = thread;
      this.begin = begin;
      this.limit = limit;
    }

    synchronized boolean finish() {
      over = true;
      return interrupted;
    }

    synchronized void interruptIfDue(long now, long atMost) {
      if (!over && !interrupted && now - begin > Math.min(limit, atMost)) {
        interrupted = true;
        thread.interrupt();
      }
    }
  }

  private final Map<Thread, Step> steps = new ConcurrentHashMap<>();
  private final BooleanSupplier crowded;
  private volatile boolean closed;

  /**
   * Watches nobody yet.
   *
   * @param crowded whether somebody waits for a thread; asked ten times a second by one thread
   */
  Watch(BooleanSupplier crowded) {
    this.crowded = crowded;
  }

  void start() {
    Threads.start(this::run, "belay-http-watch");
  }

  /** The calling thread may be blocked so long, in nanoseconds, until it calls {@link #end}. */
  void begin(long limit) {
    end();
    Thread thread = Thread.currentThread();
    steps.put(thread, new Step(thread, System.nanoTime(), limit));
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
      long atMost = crowded.getAsBoolean() ? HURRY : Long.MAX_VALUE;
      steps.values().forEach(step -> step.interruptIfDue(now, atMost));
      LockSupport.parkNanos(this, TICK);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
