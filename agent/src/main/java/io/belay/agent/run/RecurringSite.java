package io.belay.agent.run;

import java.util.Objects;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Where a scheduler takes a task that it does again and again. */
public final class RecurringSite extends Site {
  private final TaskClasses pools;
  private final CallSite.@Nullable Abort cancel;

  /**
   * A scheduler's method.
   *
   * @param pools weaves subclasses of schedulers that look at tasks
   * @param cancel how the result is cancelled; {@code null} where that is a future
   */
  public RecurringSite(
      String boundary, String label, TaskClasses pools, CallSite.@Nullable Abort cancel) {
    super(boundary, label);
    this.onlyInRuns = true;
    this.pools = pools;
    this.cancel = cancel;
  }

  @Override
  @Nullable Object carry(Slot slot, @Nullable Object self, Object task) {
    Run run = Objects.requireNonNull(slot.run);
    TaskKind kind = TaskKind.of(task);
    if (kind.carries || kind.serves) {
      return task;
    }
    hit();
    PoolSite.weave(self, pools);
    // Housekeeping of a library serves everybody, although a run came by first.
    Run owner = Infrastructure.mustFinish(task) ? run.runs.root() : run;
    return new Recurring(owner, (Runnable) task);
  }

  @Override
  void opened(@Nullable Object result, @Nullable Object task) {
    if (task instanceof Recurring recurring && result != null) {
      if (cancel != null) {
        recurring.scheduled(() -> cancel(result, cancel, recurring.run));
      } else if (result instanceof Future<?> future) {
        recurring.scheduled(() -> Work.cancel(future));
      }
    }
  }

  private static void cancel(Object scheduled, CallSite.Abort by, Run run) {
    try {
      by.abort(scheduled, null, Thread.currentThread());
    } catch (Throwable fault) {
      run.runs.gatekeeper().fault("cancelling " + scheduled.getClass().getName(), fault);
    }
  }
}
