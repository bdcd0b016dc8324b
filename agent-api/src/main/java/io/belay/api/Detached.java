package io.belay.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** What {@link Belay} does without an agent: the work, and nothing else. */
final class Detached implements RunProvider {
  /** Knows only the staged writes; everything else of a detached run is the same for all. */
  private static final ThreadLocal<Unstoppable> CURRENT = new ThreadLocal<>();

  private static final Unstoppable ROOT = new Unstoppable("jvm", null);

  @Override
  public <T> T run(RunOptions options, Callable<T> work) throws Exception {
    Unstoppable outer = CURRENT.get();
    Unstoppable run = new Unstoppable(options.id().isEmpty() ? "detached" : options.id(), outer);
    CURRENT.set(run);
    T result;
    try {
      result = work.call();
    } finally {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }
    run.complete();
    return result;
  }

  @Override
  public <T> T shield(Callable<T> work) throws Exception {
    return work.call();
  }

  @Override
  public Run current() {
    Unstoppable run = CURRENT.get();
    return run == null ? ROOT : run;
  }

  private static final class Unstoppable implements Run {
    private final String id;
    private final Unstoppable parent;
    private final List<Runnable> staged = new ArrayList<>();
    private boolean completed;

    Unstoppable(String id, Unstoppable parent) {
      this.id = id;
      this.parent = parent;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public Optional<Run> parent() {
      return this == ROOT ? Optional.empty() : Optional.of(parent == null ? ROOT : parent);
    }

    @Override
    public synchronized Status status() {
      return completed ? Status.COMPLETED : Status.RUNNING;
    }

    @Override
    public boolean isStopping() {
      return false;
    }

    @Override
    public void check() {}

    @Override
    public void stop(String reason) {}

    @Override
    public Subscription onStop(Consumer<StopEvent> listener) {
      return () -> {};
    }

    @Override
    public Usage usage() {
      return Usage.NONE;
    }

    @Override
    public Map<String, Number> remaining() {
      return Map.of();
    }

    @Override
    public void onCompletion(Runnable work) {
      synchronized (this) {
        if (this != ROOT && !completed) {
          staged.add(work);
          return;
        }
      }
      work.run();
    }

    private void complete() {
      List<Runnable> due;
      synchronized (this) {
        completed = true;
        due = List.copyOf(staged);
        staged.clear();
      }
      due.forEach(Runnable::run);
    }
  }
}
