package io.belay.agent.run;

import io.belay.api.RunStoppedException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A task with the run it works for. Whoever does it works for that run meanwhile, and for what it
 * worked for before afterwards.
 */
abstract class Carried extends Work {
  private final @Nullable Shield shield;

  private Carried(Run run, @Nullable Shield shield) {
    super(run);
    this.shield = shield;
  }

  static Runnable runnable(Run run, @Nullable Shield shield, Runnable task) {
    Task carried = new Task(run, shield, task);
    carried.join();
    return carried;
  }

  static <T> Callable<T> callable(Run run, @Nullable Shield shield, Callable<T> task) {
    Call<T> carried = new Call<>(run, shield, task);
    carried.join();
    return carried;
  }

  static <T> Supplier<T> supplier(Run run, @Nullable Shield shield, Supplier<T> task) {
    Supply<T> carried = new Supply<>(run, shield, task);
    carried.join();
    return carried;
  }

  // Stages wait for a future that may never come: they are at work only once they are called.

  static <T, R> Function<T, R> function(Run run, @Nullable Shield shield, Function<T, R> stage) {
    return new Apply<>(run, shield, stage);
  }

  static <T, U, R> BiFunction<T, U, R> biFunction(
      Run run, @Nullable Shield shield, BiFunction<T, U, R> stage) {
    return new BiApply<>(run, shield, stage);
  }

  static <T> Consumer<T> consumer(Run run, @Nullable Shield shield, Consumer<T> stage) {
    return new Accept<>(run, shield, stage);
  }

  static <T, U> BiConsumer<T, U> biConsumer(
      Run run, @Nullable Shield shield, BiConsumer<T, U> stage) {
    return new BiAccept<>(run, shield, stage);
  }

  /** Puts the run on the current thread; answers what was there, to be given to {@link #off}. */
  final Before on() {
    Slot slot = Carrier.slot();
    Before before = new Before(slot.run, slot.call, slot.work, slot.shield);
    if (chain == null) {
      join();
    }
    begin(slot);
    slot.run = run;
    slot.call = null;
    slot.work = this;
    slot.shield = shield;
    return before;
  }

  final void off(Before before) {
    Slot slot = Carrier.slot();
    slot.run = before.run;
    slot.call = before.call;
    slot.work = before.work;
    slot.shield = before.shield;
    finish();
    leave();
  }

  /** What the thread was at. Never escapes, so the JIT keeps it in registers. */
  record Before(
      @Nullable Run run, @Nullable InFlight call, @Nullable Work work, @Nullable Shield shield) {}

  /** Whether the run was stopped before the task began: then its body is not started. */
  final boolean mayStart() {
    if (shield != null || !run.isStopping() || !run.runs.policy.enforce()) {
      return true;
    }
    if (owner instanceof Future<?> future) {
      future.cancel(false);
    }
    leave();
    return false;
  }

  final RunStoppedException notStarted() {
    Stop stop = Objects.requireNonNull(run.stopped());
    return new RunStoppedException(
        run.id(),
        stop.reason(),
        "queued task",
        "run " + run.id() + " is stopped (" + stop.sentence() + "); a queued task was not started",
        true);
  }

  /** A client's callback: not a task of ours, but work that comes back on another thread. */
  static final class Callback extends Carried {
    private @Nullable Before before;

    private Callback(Run run, @Nullable Shield shield) {
      super(run, shield);
    }

    static Callback begin(Run run, @Nullable Shield shield) {
      Callback callback = new Callback(run, shield);
      callback.before = callback.on();
      return callback;
    }

    void end() {
      off(Objects.requireNonNull(before));
    }
  }

  private static final class Task extends Carried implements Runnable {
    private final Runnable task;

    Task(Run run, @Nullable Shield shield, Runnable task) {
      super(run, shield);
      this.task = task;
    }

    @Override
    public void run() {
      if (Infrastructure.mustFinish(task) || mayStart()) {
        Before before = on();
        try {
          task.run();
        } finally {
          off(before);
        }
      }
    }
  }

  private static final class Call<T> extends Carried implements Callable<T> {
    private final Callable<T> task;

    Call(Run run, @Nullable Shield shield, Callable<T> task) {
      super(run, shield);
      this.task = task;
    }

    @Override
    public T call() throws Exception {
      if (!mayStart()) {
        throw notStarted();
      }
      Before before = on();
      try {
        return task.call();
      } finally {
        off(before);
      }
    }
  }

  private static final class Supply<T> extends Carried implements Supplier<T> {
    private final Supplier<T> task;

    Supply(Run run, @Nullable Shield shield, Supplier<T> task) {
      super(run, shield);
      this.task = task;
    }

    @Override
    public T get() {
      if (!mayStart()) {
        throw notStarted();
      }
      Before before = on();
      try {
        return task.get();
      } finally {
        off(before);
      }
    }
  }

  private static final class Apply<T, R> extends Carried implements Function<T, R> {
    private final Function<T, R> stage;

    Apply(Run run, @Nullable Shield shield, Function<T, R> stage) {
      super(run, shield);
      this.stage = stage;
    }

    @Override
    public R apply(T value) {
      Before before = on();
      try {
        return stage.apply(value);
      } finally {
        off(before);
      }
    }
  }

  private static final class BiApply<T, U, R> extends Carried implements BiFunction<T, U, R> {
    private final BiFunction<T, U, R> stage;

    BiApply(Run run, @Nullable Shield shield, BiFunction<T, U, R> stage) {
      super(run, shield);
      this.stage = stage;
    }

    @Override
    public R apply(T value, U other) {
      Before before = on();
      try {
        return stage.apply(value, other);
      } finally {
        off(before);
      }
    }
  }

  private static final class Accept<T> extends Carried implements Consumer<T> {
    private final Consumer<T> stage;

    Accept(Run run, @Nullable Shield shield, Consumer<T> stage) {
      super(run, shield);
      this.stage = stage;
    }

    @Override
    public void accept(T value) {
      Before before = on();
      try {
        stage.accept(value);
      } finally {
        off(before);
      }
    }
  }

  private static final class BiAccept<T, U> extends Carried implements BiConsumer<T, U> {
    private final BiConsumer<T, U> stage;

    BiAccept(Run run, @Nullable Shield shield, BiConsumer<T, U> stage) {
      super(run, shield);
      this.stage = stage;
    }

    @Override
    public void accept(T value, U other) {
      Before before = on();
      try {
        stage.accept(value, other);
      } finally {
        off(before);
      }
    }
  }
}
