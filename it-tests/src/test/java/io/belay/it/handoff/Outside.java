package io.belay.it.handoff;

import io.belay.api.Belay;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** A thread that was there before any run, and belongs to none. */
final class Outside {
  private static final LinkedBlockingQueue<Runnable> WORK = new LinkedBlockingQueue<>();

  static {
    Thread thread = new Thread(Outside::work, "outside");
    thread.setDaemon(true);
    thread.start();
  }

  private Outside() {}

  /** Starts it; to be called before the first run. */
  static void begin() {}

  private static void work() {
    for (; ; ) {
      try {
        WORK.take().run();
      } catch (InterruptedException | RuntimeException survived) {
        continue;
      }
    }
  }

  /** Has it do {@code task}, some time: nothing of that is handed over by means of the JDK's. */
  static void does(Runnable task) {
    WORK.add(task);
  }

  /** Does it in a run that nobody else knows of: what it completes is not therefore that run's. */
  static void byAnotherRun(Runnable completion) {
    try {
      Belay.run(
          "completer",
          () -> {
            completion.run();
            return null;
          });
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Starts a thread from there. */
  static Thread thread(Runnable task) {
    CompletableFuture<Thread> started = new CompletableFuture<>();
    does(
        () -> {
          Thread thread = new Thread(task, "own");
          thread.setDaemon(false); // Else what it starts is a daemon too, and no run waits for it.
          thread.start();
          started.complete(thread);
        });
    return started.join();
  }
}
