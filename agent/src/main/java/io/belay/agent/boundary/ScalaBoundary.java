package io.belay.agent.boundary;

/** Scala's futures, 2.12 and 2.13: a callback is its registrant's, whoever completes. */
final class ScalaBoundary implements Boundary {
  @Override
  public String name() {
    return "scala-future";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .atFirstRun()
        .in("scala.concurrent.impl.Promise$Transformation")
        .ownedMade("<init>", 3)
        .ownedDone("run", 0)
        .in("scala.concurrent.impl.CallbackRunnable")
        .ownedMade("<init>", 2)
        .ownedDone("run", 0);
  }
}
