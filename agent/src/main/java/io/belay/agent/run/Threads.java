package io.belay.agent.run;

/** Belay's own threads: daemons, without the application's class loader, exempt from every gate. */
public final class Threads {
  private Threads() {}

  /** Starts a thread of ours. */
  public static Thread start(Runnable task, String name) {
    Thread thread = make(task, name);
    thread.start();
    return thread;
  }

  /** A thread of ours that is yet to be started. */
  public static Thread make(Runnable task, String name) {
    // false: nothing of the application's is inherited.
    Thread thread = new Thread(null, () -> exempt(task), name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  private static void exempt(Runnable task) {
    Carrier.exempt();
    task.run();
  }
}
