package io.belay.agent.boundary;

import static io.belay.agent.boundary.Shape.LISTENER_ADDED;
import static io.belay.agent.boundary.Shape.LISTENER_CALLED;
import static io.belay.agent.boundary.Shape.LISTENER_REMOVED;
import static io.belay.agent.run.As.CALLABLE;
import static io.belay.agent.run.As.RUNNABLE;

/**
 * Netty's event executors and futures, 4.1 and 4.2: what they are given is their giver's, what
 * libraries give them is nobody's. {@code execute} is found like that of any executor.
 */
final class NettyExecutorBoundary implements Boundary {
  private static final String TASK = "java.lang.Runnable";
  private static final String CALL = "java.util.concurrent.Callable";

  @Override
  public String name() {
    return "netty-executor";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .atFirstRun()
        .in("io.netty.util.concurrent.AbstractEventExecutor")
        .handOffOwned("newTaskFor", 0, RUNNABLE, TASK, "java.lang.Object")
        .handOffOwned("newTaskFor", 0, CALLABLE, CALL)
        .in("io.netty.util.concurrent.AbstractScheduledEventExecutor")
        .handOffDelayed("schedule", 0, RUNNABLE, TASK, "long", "*")
        .handOffDelayed("schedule", 0, CALLABLE, CALL, "long", "*")
        .recurring("scheduleAtFixedRate", 0, TASK, "long", "long", "*")
        .recurring("scheduleWithFixedDelay", 0, TASK, "long", "long", "*")
        // A timer that guarded a call is cancelled with its end, long before it would be due.
        .in("io.netty.util.concurrent.PromiseTask")
        .cancels("cancel", 1)
        .in("io.netty.util.concurrent.SingleThreadEventExecutor")
        .noRun("doStartThread")
        // Futures know their listeners by identity, so that those can be removed.
        .in("io.netty.util.concurrent.DefaultPromise")
        .listener(LISTENER_ADDED, "addListener0", "io.netty.util.concurrent.GenericFutureListener")
        .listener(LISTENER_REMOVED, "removeListener0", "*")
        .listener(LISTENER_CALLED, "notifyListener0", "*", "*")
        .in("io.netty.util.concurrent.CompleteFuture")
        .listener(LISTENER_ADDED, "addListener", "io.netty.util.concurrent.GenericFutureListener");
  }
}
