package io.belay.agent.run;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/**
 * Finds out that nobody can read an answer any more, because the application dropped it without
 * closing it. Such a call must not count as in flight for ever.
 *
 * <p>One small object for each answer with a body, and one thread that sleeps until the garbage
 * collector has something to say. Who is watched is held by nothing here; the reference itself is
 * held by the call.
 */
final class Abandoned extends WeakReference<Object> {
  private static final ReferenceQueue<Object> QUEUE = new ReferenceQueue<>();

  private final InFlight call;

  private Abandoned(Object body, InFlight call) {
    super(body, QUEUE);
    this.call = call;
  }

  static Abandoned watch(Object body, InFlight call) {
    Watch.start();
    return new Abandoned(body, call);
  }

  /** Begins with the first answer that is watched. */
  private static final class Watch implements Runnable {
    static {
      Threads.start(new Watch(), "belay-abandoned");
    }

    static void start() {}

    @Override
    public void run() {
      for (; ; ) {
        try {
          Reference<?> next = QUEUE.remove();
          if (next instanceof Abandoned abandoned) {
            abandoned.call.closedEarly();
          }
        } catch (InterruptedException nobodyAsks) {
          // The thread is ours and lives as long as the JVM.
        }
      }
    }
  }
}
