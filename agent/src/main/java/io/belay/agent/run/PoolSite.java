package io.belay.agent.run;

import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Where a thread pool takes a task. A bare task is wrapped, unless the pool's queue compares tasks
 * or a handler of the application's looks at them: then it stays as it is and its class is woven.
 */
public final class PoolSite extends Site {
  private final TaskClasses tasks;
  private final TaskClasses pools;

  /**
   * Thread pools.
   *
   * @param tasks weaves the {@code run} of tasks that stay as they are
   * @param pools weaves subclasses of pools that look at tasks before and after they are done
   */
  public PoolSite(String boundary, String label, TaskClasses tasks, TaskClasses pools) {
    super(boundary, label);
    this.onlyInRuns = true;
    this.tasks = tasks;
    this.pools = pools;
  }

  @Override
  @Nullable Object carry(Slot slot, @Nullable Object self, Object task) {
    Run run = Objects.requireNonNull(slot.run);
    ThreadPoolExecutor pool = (ThreadPoolExecutor) Objects.requireNonNull(self);
    run.queues.add(pool);
    TaskKind kind = TaskKind.of(task);
    if (kind.carries || kind.scheduled) {
      TaskSite.handedOver(task);
      return task;
    }
    if (kind.serves) {
      return task;
    }
    hit();
    boolean compares = compares(pool, kind);
    if ((compares || isHandled(pool)) && tasks.areWoven(task.getClass())) {
      Bond bond = new Bond(run, slot.shield, task);
      bond.join();
      Bonds.bind(task, bond);
      return task;
    }
    if (compares) {
      return task; // A wrapper would be no match for its neighbours in the queue.
    }
    weave(pool, pools);
    return Carried.runnable(run, slot.shield, (Runnable) task, kind);
  }

  /** A subclass gets to see the application's tasks, and not ours. */
  static void weave(@Nullable Object pool, TaskClasses pools) {
    Class<?> type = pool == null ? ThreadPoolExecutor.class : pool.getClass();
    if (type != ThreadPoolExecutor.class && type != ScheduledThreadPoolExecutor.class) {
      pools.areWoven(type);
    }
  }

  /** Whether the application gets to see tasks that the pool has no room for. */
  private static boolean isHandled(ThreadPoolExecutor pool) {
    Class<?> handler = pool.getRejectedExecutionHandler().getClass();
    return handler != ThreadPoolExecutor.AbortPolicy.class && handler.getClassLoader() != null;
  }

  private static boolean compares(ThreadPoolExecutor pool, TaskKind kind) {
    Object queue = pool.getQueue();
    return queue.getClass() != LinkedBlockingQueue.class
        && (queue instanceof PriorityBlockingQueue || kind.compared);
  }
}
