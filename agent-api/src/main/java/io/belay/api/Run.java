package io.belay.api;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One piece of agent work that can be stopped and is budgeted. Runs form a tree; its root, {@code
 * jvm}, is the run of all work outside any other.
 *
 * <p>All methods may be called by any thread, at any time, also after the run's end.
 */
public interface Run {
  /** Its id, unique among the live runs of this JVM. */
  String id();

  /** The run it is a part of; empty for the root. */
  Optional<Run> parent();

  /** Where it is in its life. */
  Status status();

  /**
   * Whether it was stopped, be it quiet yet or not: the answer a loop wants before its next turn.
   */
  boolean isStopping();

  /**
   * A boundary of the application's own: passes while the run is at work.
   *
   * @throws RunStoppedException when it was stopped
   */
  void check();

  /**
   * Stops this run and all below it. When the method returns, no boundary call of theirs begins any
   * more; what is in flight is aborted or awaited as its kind says. Stopping an ended or stopped
   * run does nothing.
   *
   * @param reason a text for the report; may be empty
   */
  void stop(String reason);

  /**
   * Calls {@code listener} once when this run is stopped, at once when it was stopped already. It
   * is called on a thread of Belay's and should be short: the stop is acknowledged when all
   * listeners have returned, or after a second without them. What it throws is logged and dropped.
   */
  Subscription onStop(Consumer<StopEvent> listener);

  /** What it and its children have used so far. */
  Usage usage();

  /**
   * What is left of each of its limits, by the limit's name ({@code output-tokens}, {@code
   * cost-usd}, {@code time} in milliseconds...). Limits that are not set are absent.
   */
  Map<String, Number> remaining();

  /**
   * Stages a write: {@code work} is done when this run completes, by the thread that ends it, and
   * dropped when the run is stopped or fails. Outside any run there is no end to wait for: it is
   * done at once.
   */
  void onCompletion(Runnable work);
}
