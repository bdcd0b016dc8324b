package io.belay.agent.run;

import io.belay.api.StopEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for what is decided about a run: subscribers for its stop, staged writes for its
 * completion. Nobody is called from here, so nobody is called with the lock held.
 */
final class Waiters {
  private List<Consumer<StopEvent>> listeners = List.of(); // Guarded by this.
  private List<Runnable> staged = List.of(); // Guarded by this.

  /** Takes {@code listener}, unless something was decided before. */
  synchronized boolean listen(Run run, Consumer<StopEvent> listener) {
    if (Verdict.isDecided(run.verdict)) {
      return false;
    }
    listeners = with(listeners, listener);
    return true;
  }

  synchronized void forget(Consumer<StopEvent> listener) {
    List<Consumer<StopEvent>> less = new ArrayList<>(listeners);
    less.remove(listener);
    listeners = less;
  }

  /** Takes {@code write}, unless something was decided before. */
  synchronized boolean stage(Run run, Runnable write) {
    if (Verdict.isDecided(run.verdict)) {
      return false;
    }
    staged = with(staged, write);
    return true;
  }

  /** The run is stopped: those to tell, of whom each is answered once. */
  synchronized List<Consumer<StopEvent>> drop() {
    List<Consumer<StopEvent>> told = listeners;
    listeners = List.of();
    staged = List.of();
    return told;
  }

  /**
   * The run ends by itself, if {@code decide} says so: in one step with taking what was staged, so
   * that every write is either among those or sees the end.
   *
   * @return what was staged, or {@code null} when the run does not end
   */
  synchronized @Nullable List<Runnable> end(BooleanSupplier decide) {
    if (!decide.getAsBoolean()) {
      return null;
    }
    List<Runnable> due = staged;
    staged = List.of();
    listeners = List.of();
    return due;
  }

  /** Most runs have none of either, and no list. */
  private static <T> List<T> with(List<T> known, T one) {
    List<T> more = new ArrayList<>(known);
    more.add(one);
    return more;
  }
}
