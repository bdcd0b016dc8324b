package io.belay.agent.run;

import io.belay.boot.Skip;
import java.lang.ref.WeakReference;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * That a task works for a run, where the task cannot be wrapped because others know it by its
 * identity: forked tasks, timers, tasks that a queue compares. It is bound to the task when that
 * changes hands and taken from it by the thread that does the task.
 */
class Bond extends Work implements Ticket {
  private final Object reference; // The task, or a weak reference to it.
  private final @Nullable Shield shield;

  /** The next bond of the same task, if it was handed over more than once. */
  @Nullable Bond then;

  /** What the thread that does the task has to return to. */
  private @Nullable Object before;

  Bond(Run run, @Nullable Shield shield, Object task) {
    super(run);
    this.reference = Bonds.reference(task);
    this.shield = shield;
  }

  final @Nullable Shield shield() {
    return shield;
  }

  @Override
  final boolean isQueueable() {
    return true;
  }

  final @Nullable Object task() {
    return reference instanceof WeakReference<?> weak ? weak.get() : reference;
  }

  @Override
  final boolean isForsaken() {
    return task() instanceof Future<?> future && future.isDone();
  }

  /**
   * The current thread is about to do the task.
   *
   * @return what to exit by; a {@link Skip} when the run was stopped before
   */
  final Object begin(Object task) {
    Slot slot = Carrier.slot();
    begin(slot);
    if (run.forbidsWork() && shield == null && !Infrastructure.mustFinish(task)) {
      doneBy(slot);
      discard();
      return new Skip(null);
    }
    return install(slot);
  }

  /** The same, also after a stop: what the task does is refused at its boundaries. */
  final Object beginAnyway() {
    Slot slot = Carrier.slot();
    begin(slot);
    return install(slot);
  }

  private Ticket install(Slot slot) {
    if (chain == null) {
      join();
    }
    if (before != null) {
      return new Again(this, slot.turnTo(this, shield));
    }
    before = slot.turnTo(this, shield);
    return this;
  }

  @Override
  public final @Nullable Object exit(@Nullable Object result, @Nullable Throwable thrown) {
    Slot slot = Carrier.slot();
    slot.back(before);
    before = null;
    done(slot);
    return result;
  }

  void done(Slot slot) {
    doneBy(slot);
  }

  /** A cancelled completer would leave those that wait for it waiting, so it fails instead. */
  @Override
  void discard() {
    Object task = task();
    if (task instanceof CountedCompleter<?> completer) {
      completer.completeExceptionally(Refusals.notStarted(run));
    } else {
      cancel(task);
    }
  }

  /** The task is done inside itself. */
  private record Again(Bond bond, @Nullable Object before) implements Ticket {
    @Override
    public @Nullable Object exit(@Nullable Object result, @Nullable Throwable thrown) {
      Slot slot = Carrier.slot();
      slot.back(before);
      bond.done(slot);
      return result;
    }
  }

  /** Of a task that is done again and again; see {@link Recurring} for what that means. */
  static final class Lasting extends Bond {
    Lasting(Run run, Object task) {
      super(run, null, task);
    }

    @Override
    boolean holds() {
      return slot() != null;
    }

    @Override
    void done(Slot slot) {
      finish(slot);
      run.lessToDo();
    }

    @Override
    void outlived() {
      if (run.verdict instanceof Verdict.End) {
        run.work.remove(this);
        run = run.runs.root();
      }
    }
  }
}
