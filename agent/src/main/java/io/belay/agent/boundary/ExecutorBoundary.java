package io.belay.agent.boundary;

import static io.belay.agent.run.As.CALLABLE;
import static io.belay.agent.run.As.RUNNABLE;

/**
 * Thread pools of the JDK. A {@code FutureTask} carries the run in its callable, so that the task's
 * own identity stays; a bare {@code Runnable} is wrapped, unless the pool's queue compares tasks.
 */
final class ExecutorBoundary implements Boundary {
  private static final String TASK = "java.lang.Runnable";
  private static final String POOL = "java.util.concurrent.ThreadPoolExecutor";
  private static final String SCHEDULER = "java.util.concurrent.ScheduledThreadPoolExecutor";

  @Override
  public String name() {
    return "executor";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .atFirstRun()
        .in("java.util.concurrent.FutureTask")
        .handOffOwned("<init>", 0, CALLABLE, "java.util.concurrent.Callable")
        .handOffOwned("<init>", 0, RUNNABLE, TASK, "java.lang.Object")
        .cancels("cancel", 1)
        .in(POOL)
        .pool("execute", 0, TASK)
        .takeBack("remove", TASK)
        .dropped("drainQueue", 0)
        .noRun("addWorker")
        .in(POOL + "$AbortPolicy", POOL + "$DiscardPolicy")
        .drop("rejectedExecution", 0, TASK, POOL)
        .in(POOL + "$DiscardOldestPolicy")
        .drop("rejectedExecution", 1, TASK, POOL)
        .in(SCHEDULER)
        .pool("delayedExecute", 0, "java.util.concurrent.RunnableScheduledFuture")
        .recurring("scheduleAtFixedRate", 0, TASK, "long", "long", "*")
        .recurring("scheduleWithFixedDelay", 0, TASK, "long", "long", "*")
        // Subclasses that look at their tasks, and tasks that a queue compares.
        .inDiscovered("pools")
        .bare("beforeExecute", 1, "java.lang.Thread", TASK)
        .optional()
        .bare("afterExecute", 0, TASK, "java.lang.Throwable")
        .optional()
        .bare("decorateTask", 0, TASK, "*")
        .optional()
        // Executors that are no pools of the JDK.
        .inDiscovered("executors")
        .handOffOther("execute", 0, RUNNABLE, TASK)
        .optional()
        .inDiscovered("tasks")
        .bonded("run", 0)
        .optional();
  }
}
