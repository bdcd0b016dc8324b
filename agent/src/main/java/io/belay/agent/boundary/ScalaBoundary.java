package io.belay.agent.boundary;

import static io.belay.agent.boundary.Shape.OWNED_DONE;
import static io.belay.agent.boundary.Shape.OWNED_MADE;

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
        .moment(OWNED_MADE, "<init>", 3)
        .moment(OWNED_DONE, "run", 0)
        .in("scala.concurrent.impl.CallbackRunnable")
        .moment(OWNED_MADE, "<init>", 2)
        .moment(OWNED_DONE, "run", 0);
  }
}
