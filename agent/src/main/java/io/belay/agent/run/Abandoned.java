package io.belay.agent.run;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

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
  private static volatile @Nullable Thread watching;

  private final InFlight call;

  private Abandoned(Object body, InFlight call) {
    super(body, QUEUE);
    this.call = call;
  }

  static Abandoned watch(Object body, InFlight call) {
    if (watching == null) {
      start(call.run.runs);
    }
    return new Abandoned(body, call);
  }

  /** Begins with the first answer that is watched. */
  private static synchronized void start(Runs runs) {
    if (watching == null && !runs.isRetired()) {
      Thread thread = Threads.make(Abandoned::look, "belay-abandoned");
      watching = thread; // Before it looks whether it is the one.
      thread.start();
    }
  }

  /** Nobody asks any more, for now. */
  static synchronized void rest() {
    Thread thread = watching;
    watching = null;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private static void look() {
    while (watching == Thread.currentThread()) {
      try {
        Reference<?> next = QUEUE.remove();
        if (next instanceof Abandoned abandoned) {
          abandoned.call.site.givesUp(abandoned.call, false);
          abandoned.call.closedEarly();
        }
      } catch (InterruptedException maybeTheEnd) {
        // The loop looks whether it is.
      }
    }
  }
}
