package io.belay.agent.run;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A parameter through which a task changes hands: the run goes with it. */
public final class TaskSite extends Site {
  private final As as;
  private final boolean sparing;
  private final boolean waits;
  private final @Nullable Proxied callbacks;

  /**
   * A hand-over.
   *
   * @param sparing whether tasks by which libraries keep themselves going are left alone, and with
   *     that are nobody's: in executors that know some of their tasks by class
   * @param waits whether the task only waits to be handed over: libraries keep futures that nobody
   *     ever runs, and those must not hold a run
   */
  public TaskSite(String boundary, String label, As as, boolean sparing, boolean waits) {
    super(boundary, label);
    this.onlyInRuns = true;
    this.as = as;
    this.sparing = sparing;
    this.waits = waits;
    this.callbacks = null;
  }

  /**
   * Where a library takes a callback.
   *
   * @param type the interface by which it takes it
   */
  public TaskSite(String boundary, String label, String type) {
    super(boundary, label);
    this.onlyInRuns = true;
    this.as = As.CALLBACK;
    this.sparing = false;
    this.waits = false;
    this.callbacks = new Proxied(type);
  }

  @Override
  @Nullable Object carry(Slot slot, @Nullable Object self, Object task) {
    Run run = Objects.requireNonNull(slot.run);
    TaskKind kind = TaskKind.of(task);
    if (kind.carries) {
      handedOver(task);
      return task;
    }
    if (sparing ? Infrastructure.isPlumbing(task) : kind.serves) {
      return task;
    }
    hit();
    return switch (as) {
      case RUNNABLE ->
          waits
              ? Carried.waiting(run, slot.shield, (Runnable) task)
              : Carried.runnable(run, slot.shield, (Runnable) task, kind);
      case LATER -> Carried.waiting(run, slot.shield, (Runnable) task);
      case LISTENER -> Carried.listener(run, slot.shield, (Runnable) task);
      case CALLABLE ->
          waits
              ? Carried.waiting(run, slot.shield, (Callable<?>) task)
              : Carried.callable(run, slot.shield, (Callable<?>) task);
      case SUPPLIER -> Carried.supplier(run, slot.shield, (Supplier<?>) task);
      case FUNCTION -> Carried.function(run, slot.shield, (Function<?, ?>) task);
      case BI_FUNCTION -> Carried.biFunction(run, slot.shield, (BiFunction<?, ?, ?>) task);
      case CONSUMER -> Carried.consumer(run, slot.shield, (Consumer<?>) task);
      case CALLBACK -> callbacks == null ? task : callbacks.carrying(run, slot.shield, task);
      case BI_CONSUMER -> Carried.biConsumer(run, slot.shield, (BiConsumer<?, ?>) task);
    };
  }

  /** A future is given to somebody who will run it: from now on it holds its run. */
  static void handedOver(Object task) {
    if (task instanceof FutureTask && Queued.inside(task) instanceof Carried inside) {
      inside.handOver();
    }
  }

  /** The future by which the application waits for the task: it is what a stop cancels. */
  @Override
  void opened(@Nullable Object future, @Nullable Object task) {
    if (task instanceof Carried carried) {
      carried.standsFor(future);
    }
  }
}
