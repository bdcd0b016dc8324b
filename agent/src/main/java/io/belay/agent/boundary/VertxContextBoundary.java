package io.belay.agent.boundary;

import static io.belay.agent.run.As.RUNNABLE;

/**
 * Vert.x contexts, 4 and 5: blocking work waits in a queue of its context, which one thread clears
 * for everybody. The rest goes over Netty's executors and the JDK's pools.
 */
final class VertxContextBoundary implements Boundary {
  @Override
  public String name() {
    return "vertx-context";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .atFirstRun()
        .in("io.vertx.core.impl.TaskQueue")
        .handOff("execute", 0, RUNNABLE, "java.lang.Runnable", "*")
        .noRun("run");
  }
}
