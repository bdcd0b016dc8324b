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
    return new Ours(new Exempt(task), name);
  }

  /** Whether it is one of ours: whoever happens to start it, it is nobody's. */
  static boolean isOurs(Thread thread) {
    return thread instanceof Ours;
  }

  private static final class Ours extends Thread {
    Ours(Runnable task, String name) {
      super(null, task, name, 0, false); // false: nothing of the application's is inherited.
      setDaemon(true);
      setContextClassLoader(null);
    }
  }

  /** A class and no lambda: the first lambda costs the start of a program a millisecond. */
  private record Exempt(Runnable task) implements Runnable {
    @Override
    public void run() {
      Carrier.exempt();
      task.run();
    }
  }
}
