package io.belay.agent.boundary;

import static io.belay.agent.run.As.CALLABLE;
import static io.belay.agent.run.As.RUNNABLE;

/**
 * Executors of the JDK. A {@code FutureTask} carries the run in its callable, so that the task's
 * own identity stays; a bare {@code Runnable} is wrapped.
 */
final class ExecutorBoundary implements Boundary {
  private static final String RUNNABLE_TYPE = "java.lang.Runnable";
  private static final String CALLABLE_TYPE = "java.util.concurrent.Callable";

  @Override
  public String name() {
    return "executor";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .atFirstRun()
        .in("java.util.concurrent.FutureTask")
        .handOffOwned("<init>", 0, CALLABLE, CALLABLE_TYPE)
        .handOffOwned("<init>", 0, RUNNABLE, RUNNABLE_TYPE, "java.lang.Object")
        .in("java.util.concurrent.ThreadPoolExecutor")
        .handOff("execute", 0, RUNNABLE, RUNNABLE_TYPE)
        .noRun("addWorker")
        .in("java.util.concurrent.ForkJoinPool")
        .handOff("execute", 0, RUNNABLE, RUNNABLE_TYPE)
        .handOff("submit", 0, RUNNABLE, RUNNABLE_TYPE)
        .handOff("submit", 0, RUNNABLE, RUNNABLE_TYPE, "java.lang.Object")
        .handOff("submit", 0, CALLABLE, CALLABLE_TYPE)
        .noRun("createWorker");
  }
}
