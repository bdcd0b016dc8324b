package io.belay.agent.http;

import io.belay.boot.Tap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Has whoever waits for the future of a call hear of a stop.
 *
 * <p>What hangs on the future is the library's and the application's. It runs on none of Belay's
 * own threads, which pass every gate, and waits for no place in the common pool, whose threads may
 * all be in long calls: from Java 25 on, futures have no other executor.
 */
final class Told {
  private static final int MOST = 64;

  private Told() {}

  /** The pool, made when it is first needed. */
  private static final class Tellers {
    private static final Executor ALL =
        new ThreadPoolExecutor(
            0,
            MOST,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Tellers::thread,
            // All of them hang in what they told.
            (task, full) -> new CompletableFuture<>().defaultExecutor().execute(task));

    private static Thread thread(Runnable task) {
      // false: nothing of a stopped run's thread is inherited.
      Thread thread = new Thread(null, task, "belay-told", 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
      return thread;
    }
  }

  /** Runs what calls libraries and applications on no thread of Belay's own. */
  static void soon(Runnable call) {
    Tellers.ALL.execute(call);
  }

  /**
   * The future is about to be given to whoever will wait: nothing hangs on it yet. Handed to
   * another thread, this would be queued work of the stopped run, which is never begun.
   */
  static void atOnce(CompletableFuture<?> promise, Tap tap) {
    RuntimeException why = tap.stopped();
    if (why != null) {
      promise.completeExceptionally(why);
    }
  }

  /** Somebody waits for the future already. */
  static void later(CompletableFuture<?> promise, Tap tap) {
    RuntimeException why = tap.stopped();
    if (why == null || promise.isDone()) {
      return;
    }
    Tellers.ALL.execute(
        () -> {
          Object resumed = tap.resume();
          try {
            promise.completeExceptionally(why);
          } finally {
            tap.pause(resumed);
          }
        });
  }
}
