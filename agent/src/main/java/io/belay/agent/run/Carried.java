package io.belay.agent.run;

import io.belay.api.RunStoppedException;
import java.util.concurrent.Callable;
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

  static Runnable runnable(Run run, @Nullable Shield shield, Runnable task, TaskKind kind) {
    Task carried = new Task(run, shield, task);
    if (kind.future) {
      carried.standsFor(task);
    }
    carried.join();
    return carried;
  }

  /** A task in a future that is not handed over yet. */
  static Runnable waiting(Run run, @Nullable Shield shield, Runnable task) {
    return new Task(run, shield, task);
  }

  static <T> Callable<T> waiting(Run run, @Nullable Shield shield, Callable<T> task) {
    return new Call<>(run, shield, task);
  }

  /** It is: the run is not over before it is. */
  final void handOver() {
    if (chain == null && slot() == null && !isDone()) {
      join();
    }
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

  // Stages and listeners wait for a future that may never come: they are at work only once they are
  // called.

  static Runnable listener(Run run, @Nullable Shield shield, Runnable listener) {
    return new Listen(run, shield, listener);
  }

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
  final @Nullable Object on(Slot slot) {
    if (chain == null) {
      join();
    }
    return slot.turnTo(this, shield);
  }

  /** The same for what begins by it: a stage, a listener, a callback. */
  final @Nullable Object onFirst(Slot slot) {
    beginFirst(slot);
    return slot.turnTo(this, shield);
  }

  final void off(Slot slot, @Nullable Object before) {
    slot.back(before);
    doneBy(slot);
  }

  /**
   * Whether the run was stopped before the task began: then whoever waits for it is told, and its
   * body is not started.
   */
  final boolean stillborn(Slot slot) {
    Object waits = begin(slot);
    if (!run.forbidsWork() || shield != null || mustFinish()) {
      return false;
    }
    cancelled(waits);
    doneBy(slot);
    return true;
  }

  @Override
  final boolean isQueueable() {
    return true;
  }

  @Override
  final boolean mustFinish() {
    return Infrastructure.mustFinish(task());
  }

  /** What it carries: what the application gave away. */
  abstract Object task();

  @Override
  public final String toString() {
    return task().toString();
  }

  final RunStoppedException notStarted() {
    return Refusals.notStarted(run);
  }

  /** A client's callback: not a task of ours, but work that comes back on another thread. */
  static final class Callback extends Carried {
    private @Nullable Object before;

    private Callback(Run run, @Nullable Shield shield) {
      super(run, shield);
    }

    static Callback begin(Run run, @Nullable Shield shield) {
      Callback callback = new Callback(run, shield);
      Slot slot = Carrier.slot();
      callback.before = callback.onFirst(slot);
      return callback;
    }

    @Override
    Object task() {
      return "a callback";
    }

    void end() {
      off(Carrier.slot(), before);
    }
  }

  private static final class Task extends Carried implements Runnable {
    private final Runnable task;

    Task(Run run, @Nullable Shield shield, Runnable task) {
      super(run, shield);
      this.task = task;
    }

    @Override
    Object task() {
      return task;
    }

    @Override
    public void run() {
      Slot slot = Carrier.slot();
      if (!stillborn(slot)) {
        Object before = on(slot);
        try {
          task.run();
        } finally {
          off(slot, before);
        }
      }
    }
  }

  private static final class Listen extends Carried implements Runnable {
    private final Runnable listener;

    Listen(Run run, @Nullable Shield shield, Runnable listener) {
      super(run, shield);
      this.listener = listener;
    }

    @Override
    Object task() {
      return listener;
    }

    @Override
    public void run() {
      Slot slot = Carrier.slot();
      Object before = onFirst(slot);
      try {
        listener.run();
      } finally {
        off(slot, before);
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
    Object task() {
      return task;
    }

    @Override
    public T call() throws Exception {
      Slot slot = Carrier.slot();
      if (stillborn(slot)) {
        throw notStarted();
      }
      Object before = on(slot);
      try {
        return task.call();
      } finally {
        off(slot, before);
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
    Object task() {
      return task;
    }

    @Override
    public T get() {
      Slot slot = Carrier.slot();
      if (stillborn(slot)) {
        throw notStarted();
      }
      Object before = on(slot);
      try {
        return task.get();
      } finally {
        off(slot, before);
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
    Object task() {
      return stage;
    }

    @Override
    public R apply(T value) {
      Slot slot = Carrier.slot();
      Object before = onFirst(slot);
      try {
        return stage.apply(value);
      } finally {
        off(slot, before);
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
    Object task() {
      return stage;
    }

    @Override
    public R apply(T value, U other) {
      Slot slot = Carrier.slot();
      Object before = onFirst(slot);
      try {
        return stage.apply(value, other);
      } finally {
        off(slot, before);
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
    Object task() {
      return stage;
    }

    @Override
    public void accept(T value) {
      Slot slot = Carrier.slot();
      Object before = onFirst(slot);
      try {
        stage.accept(value);
      } finally {
        off(slot, before);
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
    Object task() {
      return stage;
    }

    @Override
    public void accept(T value, U other) {
      Slot slot = Carrier.slot();
      Object before = onFirst(slot);
      try {
        stage.accept(value, other);
      } finally {
        off(slot, before);
      }
    }
  }
}
