package io.belay.agent.run;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Where a thread pool takes a task. A bare task is wrapped, unless the pool's queue compares tasks:
 * then it stays as it is and its class is woven.
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
    this.tasks = tasks;
    this.pools = pools;
  }

  @Override
  @Nullable Object carry(@Nullable Object self, @Nullable Object task) {
    Slot slot = Carrier.peek();
    Run run = slot == null ? null : slot.run;
    if (slot == null || run == null || task == null || self == null) {
      return task;
    }
    ThreadPoolExecutor pool = (ThreadPoolExecutor) self;
    run.pools.add(pool);
    if (TaskSite.carriesAlready(task)) {
      return task;
    }
    hit();
    if (compares(pool, task)) {
      if (tasks.areWoven(task.getClass())) {
        Bond bond = new Bond(run, slot.shield, task);
        bond.join();
        Bonds.bind(task, bond);
      }
      return task;
    }
    Class<?> type = pool.getClass();
    if (type != ThreadPoolExecutor.class && type != ScheduledThreadPoolExecutor.class) {
      pools.areWoven(type);
    }
    return Carried.runnable(run, slot.shield, (Runnable) task);
  }

  private static boolean compares(ThreadPoolExecutor pool, Object task) {
    Object queue = pool.getQueue();
    return queue.getClass() != LinkedBlockingQueue.class
        && (queue instanceof PriorityBlockingQueue || task instanceof Comparable);
  }
}
