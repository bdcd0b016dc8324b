package io.belay.agent.run;

import java.util.Objects;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Where a scheduler takes a task that it does again and again. */
public final class RecurringSite extends Site {
  private final TaskClasses pools;

  /**
   * A scheduler's method.
   *
   * @param pools weaves subclasses of schedulers that look at tasks
   */
  public RecurringSite(String boundary, String label, TaskClasses pools) {
    super(boundary, label);
    this.onlyInRuns = true;
    this.pools = pools;
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
  void opened(@Nullable Object future, @Nullable Object task) {
    if (task instanceof Recurring recurring && future instanceof Future<?> by) {
      recurring.scheduled(by);
    }
  }
}
