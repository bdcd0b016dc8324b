package io.belay.agent.boundary;

import static io.belay.agent.run.As.LISTENER;

/** Guava's futures: a listener is its registrant's, whoever completes. */
final class GuavaBoundary implements Boundary {
  @Override
  public String name() {
    return "guava-future";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .atFirstRun()
        .in("com.google.common.util.concurrent.AbstractFuture")
        .handOff("addListener", 0, LISTENER, "java.lang.Runnable", "*");
  }
}
