package io.belay.agent.run;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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

  /** A hand-over. */
  public TaskSite(String boundary, String label, As as) {
    super(boundary, label);
    this.as = as;
  }

  @Override
  @Nullable Object carry(@Nullable Object task) {
    Slot slot = Carrier.peek();
    Run run = slot == null ? null : slot.run;
    if (slot == null || run == null || task == null || carriesAlready(task)) {
      return task;
    }
    hit();
    return switch (as) {
      case RUNNABLE -> Carried.runnable(run, slot.shield, (Runnable) task);
      case CALLABLE -> Carried.callable(run, slot.shield, (Callable<?>) task);
      case SUPPLIER -> Carried.supplier(run, slot.shield, (Supplier<?>) task);
      case FUNCTION -> Carried.function(run, slot.shield, (Function<?, ?>) task);
      case BI_FUNCTION -> Carried.biFunction(run, slot.shield, (BiFunction<?, ?, ?>) task);
      case CONSUMER -> Carried.consumer(run, slot.shield, (Consumer<?>) task);
      case BI_CONSUMER -> Carried.biConsumer(run, slot.shield, (BiConsumer<?, ?>) task);
    };
  }

  /** Futures carry inside: in their callable, in their stages' functions. */
  private static boolean carriesAlready(Object task) {
    return task instanceof Carried
        || task instanceof FutureTask
        || task instanceof CompletableFuture.AsynchronousCompletionTask;
  }

  /** The future by which the application waits for the task: it is what a stop cancels. */
  @Override
  void opened(@Nullable Object future, @Nullable Object task) {
    if (task instanceof Carried carried) {
      carried.owner = future;
    }
  }
}
