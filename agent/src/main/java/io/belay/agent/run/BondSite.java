package io.belay.agent.run;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * Where a task changes hands that keeps its identity: a fork, a submission to a {@code
 * ForkJoinPool}, a timer. The task is bound to the run that the current thread works for.
 */
public final class BondSite extends Site {
  /** What happens to the task. */
  public enum How {
    /** Somebody else may do it. */
    FORKED,
    /** The current thread does it at once; or the first of several. */
    INVOKED,
    /** A timer does it once. */
    TIMED,
    /** A timer does it again and again. */
    TIMED_AGAIN
  }

  private final How how;
  private final TaskClasses classes;

  /**
   * A hand-over.
   *
   * @param classes weaves the {@code run} of timers' tasks
   */
  public BondSite(String boundary, String label, How how, TaskClasses classes) {
    super(boundary, label, false);
    this.onlyInRuns = true;
    this.how = how;
    this.classes = classes;
  }

  /** The task stays as it is, parameter or receiver. */
  @Override
  @Nullable Object carry(Slot slot, @Nullable Object self, Object task) {
    if (self != null && self == VirtualThreads.SCHEDULER) {
      return task; // What it takes are virtual threads, and their path is left alone.
    }
    Run run = Objects.requireNonNull(slot.run);
    switch (how) {
      case FORKED -> fork(task, run, slot.shield);
      case INVOKED -> invoke(task, run);
      case TIMED -> time(task, new Bond(run, slot.shield, task));
      case TIMED_AGAIN -> {
        if (!Infrastructure.mustFinish(task)) {
          time(task, new Bond.Lasting(run, task));
        }
      }
    }
    return task;
  }

  private void fork(Object task, Run run, @Nullable Shield shield) {
    TaskKind kind = TaskKind.of(task);
    // A stage of a CompletableFuture carries in its function.
    if (kind.stage
        || Bonds.ofForked(task) instanceof Bond
        || (kind.inside.length == 0 ? kind.shared : Infrastructure.isPlumbing(task))
        || ((ForkJoinTask<?>) task).isDone()) {
      return;
    }
    hit();
    Bond bond =
        Scheduled.isRecurring(task) ? new Bond.Lasting(run, task) : new Bond(run, shield, task);
    bond.join();
    Bonds.bindForked(task, bond);
  }

  private static void invoke(Object task, Run run) {
    Object first = task;
    if (task instanceof Object[] tasks) {
      first = tasks.length == 0 ? null : tasks[0];
    } else if (task instanceof List<?> tasks) {
      first = tasks.isEmpty() ? null : tasks.get(0);
    }
    if (first instanceof ForkJoinTask && Bonds.ofForked(first) == null) {
      Bonds.bindForked(first, run);
    }
  }

  private void time(Object task, Bond bond) {
    if (!TaskKind.of(task).serves && classes.areWoven(task.getClass())) {
      hit();
      bond.join();
      Bonds.bind(task, bond);
    }
  }
}
