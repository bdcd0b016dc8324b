package io.belay.agent.boundary;

/**
 * {@code ForkJoinPool}, and with it parallel streams. Its tasks know each other by identity, so
 * each is bound to the run of whoever forks it; whoever steals it works for that run.
 */
final class ForkJoinBoundary implements Boundary {
  private static final String TASK = "java.util.concurrent.ForkJoinTask";

  @Override
  public String name() {
    return "fork-join";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .atFirstRun()
        .in(TASK)
        .fork("fork", -1)
        .invoke("invoke", -1)
        .invoke("quietlyInvoke", -1)
        .invoke("invokeAll", 0, TASK, TASK)
        .invoke("invokeAll", 0, "*") // An array, and a collection.
        .bonded("doExec", 0)
        .dropped("cancel", 1)
        .in(TASK + "$InterruptibleTask")
        .dropped("cancel", 1)
        .in("java.util.concurrent.ForkJoinPool")
        // Every submission from outside ends in one of these; which, depends on the release.
        .fork("externalSubmit", 0, TASK)
        .fork("poolSubmit", 1, "boolean", TASK)
        .optional()
        .noRun("createWorker")
        // Delayed tasks, Java 25 and later.
        .in("java.util.concurrent.DelayScheduler")
        .fork("pend", 0, "*");
  }
}
