package io.belay.agent.boundary;

/**
 * Threads, platform and virtual: what their starter works for, they work for. But for those that
 * Java 22 and later start when a virtual thread first waits for a socket: they are virtual
 * themselves, serve the whole JVM, and an interrupt makes them spin.
 */
final class ThreadBoundary implements Boundary {
  @Override
  public String name() {
    return "thread";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .atFirstRun()
        .in("java.lang.Thread")
        .threadStart("start", 0)
        // Java 21 and later: executors and scopes start threads in a container.
        .threadStart("start", 1)
        .optional()
        .threadEnd("exit", 0)
        .in("java.lang.VirtualThread")
        .threadStart("start", 1)
        .threadEnd("run", 1)
        .in("sun.nio.ch.Poller$Pollers")
        .noRun("start");
  }
}
