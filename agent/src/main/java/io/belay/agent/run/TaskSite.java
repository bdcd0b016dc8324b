package io.belay.agent.run;

import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A parameter through which a task changes hands: the run goes with it. */
public final class TaskSite extends Site {
  /** What the parameter's type wants. */
  public enum As {
    /** {@link Runnable}. */
    RUNNABLE,
    /** {@link Callable}. */
    CALLABLE,
    /** {@link Supplier}. */
    SUPPLIER,
    /** {@link Function}. */
    FUNCTION,
    /** {@link BiFunction}. */
    BI_FUNCTION,
    /** {@link Consumer}. */
    CONSUMER,
    /** {@link BiConsumer}. */
    BI_CONSUMER
  }

  private final As as;

  /** A hand-over. */
  public TaskSite(String boundary, String label, As as) {
    super(boundary, label);
    this.as = as;
  }

  @Override
  Object carry(Object task) {
    Slot slot = Carrier.peek();
    if (slot == null || slot.run == null || task == null || task instanceof Carried) {
      return task;
    }
    hit();
    return switch (as) {
      case RUNNABLE -> Carried.runnable(slot, (Runnable) task);
      case CALLABLE -> Carried.callable(slot, (Callable<?>) task);
      case SUPPLIER -> Carried.supplier(slot, (Supplier<?>) task);
      case FUNCTION -> Carried.function(slot, (Function<?, ?>) task);
      case BI_FUNCTION -> Carried.biFunction(slot, (BiFunction<?, ?, ?>) task);
      case CONSUMER -> Carried.consumer(slot, (Consumer<?>) task);
      case BI_CONSUMER -> Carried.biConsumer(slot, (BiConsumer<?, ?>) task);
    };
  }

  /** The future by which the application waits for the task: it is what a stop cancels. */
  @Override
  void opened(Object future, Object task) {
    if (task instanceof Carried carried) {
      carried.owner = future;
    }
  }
}
