package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/**
 * A task that an executor does again and again. It is the run's until that ends and the root's from
 * then on: others may rely on it by now. If the run is stopped its future is cancelled. It never
 * holds the run open while it waits, and nothing is refused at its start, because an executor
 * silently drops a recurring task that throws.
 */
final class Recurring extends Work implements Runnable {
  private final Runnable task;

  /** Takes it back from its executor, once that has it. */
  private volatile @Nullable Runnable cancel;

  Recurring(Run run, Runnable task) {
    super(run);
    this.task = task;
  }

  /** What the application gave away. */
  Runnable task() {
    return task;
  }

  /** It was taken by its executor. */
  void scheduled(Runnable takeBack) {
    cancel = takeBack;
    join();
    if (run.verdict instanceof Verdict.End) {
      outlived();
    }
  }

  @Override
  boolean holds() {
    return slot() != null;
  }

  @Override
  boolean isQueueable() {
    return true;
  }

  @Override
  void discard() {
    Runnable takeBack = cancel;
    if (takeBack != null) {
      takeBack.run();
    }
  }

  @Override
  void outlived() {
    if (run.verdict instanceof Verdict.End) {
      run.work.remove(this);
      run = run.runs.root();
    }
  }

  @Override
  public void run() {
    Slot slot = Carrier.slot();
    begin(slot);
    outlived();
    if (run.forbidsWork() && !Infrastructure.mustFinish(task)) {
      finish(slot);
      leave();
      discard();
    } else if (run.above() == null) {
      finish(slot);
      task.run();
    } else {
      Object before = slot.turnTo(this, null);
      try {
        task.run();
      } finally {
        slot.back(before);
        finish(slot);
        run.lessToDo();
      }
    }
  }

  @Override
  public String toString() {
    return task.toString();
  }
}
