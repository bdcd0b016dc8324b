package io.belay.agent.boundary;

import static io.belay.agent.run.As.CALLBACK;
import static io.belay.agent.run.As.FUNCTION;
import static io.belay.agent.run.As.RUNNABLE;

/**
 * Vert.x contexts and futures, 4 and 5: blocking work waits in a queue of its context, which one
 * thread clears for everybody; what is composed on a future is its registrant's, whoever completes.
 * The rest goes over Netty's executors and the JDK's pools.
 */
final class VertxContextBoundary implements Boundary {
  private static final String FUTURE = "io.vertx.core.impl.future.";
  private static final String STAGE = "java.util.function.Function";

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
        .noRun("run")
        .in(FUTURE + "FutureImpl", FUTURE + "SucceededFuture", FUTURE + "FailedFuture")
        .handOff("addListener", 0, CALLBACK, FUTURE + "Listener")
        .optional()
        .handOff("addListener", 0, CALLBACK, "io.vertx.core.Completable")
        .optional()
        .in(FUTURE + "FutureBase")
        .handOff("compose", 0, FUNCTION, STAGE, STAGE)
        .handOff("compose", 1, FUNCTION, STAGE, STAGE)
        .handOff("transform", 0, FUNCTION, STAGE)
        .optional()
        .handOff("eventually", 0, FUNCTION, STAGE)
        .optional()
        .handOff("eventually", 0, CALLBACK, "java.util.function.Supplier")
        .optional()
        .handOff("map", 0, FUNCTION, STAGE)
        .handOff("otherwise", 0, FUNCTION, STAGE)
        .noRun("emit*");
  }
}
