package io.belay.agent.run;

import io.belay.api.Reason;
import io.belay.api.Status;
import io.belay.api.StopEvent;
import io.belay.api.Subscription;
import io.belay.api.Usage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree of runs. What was decided about it, {@link #verdict}, is one field set once:
 * that is why a run is never both stopped and completed.
 */
public final class Run extends Link implements io.belay.api.Run {
  private static final VarHandle VERDICT;

  static {
    try {
      VERDICT = MethodHandles.lookup().findVarHandle(Run.class, "verdict", Verdict.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final Runs runs;
  final Members<InFlight> inFlight;
  final Members<Work> work;
  final Members<Run> children = new Members<>(1);
  final Meter meter;
  final Budget budget;

  private final String id;
  private final String name;
  private final String origin;
  private final @Nullable Run parent;
  private final Instant startedAt;
  private final long startedNanos;

  /** {@code null} while it may go on. Read at every boundary. */
  volatile @Nullable Verdict verdict;

  /** How its entry returned, from then on; {@code null} before. */
  private volatile Verdict.@Nullable End left;

  private volatile @Nullable Instant endedAt;
  private final List<Consumer<StopEvent>> listeners = new ArrayList<>(0); // Guarded by itself.
  private List<Runnable> staged = List.of(); // Guarded by listeners.

  Run(
      Runs runs,
      @Nullable Run parent,
      String id,
      String name,
      String origin,
      int width,
      Budget budget) {
    this.runs = runs;
    this.parent = parent;
    this.id = id;
    this.name = name;
    this.origin = origin;
    this.startedAt = runs.clock.now();
    this.startedNanos = runs.clock.nanos();
    this.inFlight = new Members<>(width);
    this.work = new Members<>(width);
    this.meter = new Meter(parent == null ? null : parent.meter);
    this.budget = budget;
  }

  /** How many threads are at work for it and all below it. */
  int atWork() {
    int count = 0;
    for (Work piece : work.snapshot()) {
      count += piece.slot == null ? 0 : 1;
    }
    for (Run child : children.snapshot()) {
      count += child.atWork();
    }
    return count;
  }

  /** Its limits by name, in the units that people use. */
  public Map<String, Number> limits() {
    return budget.limits();
  }

  /** Of each limit, what calls in flight have set aside. */
  public Map<String, Number> reserved() {
    return budget.reserved();
  }

  /** Changes limits while it lives. */
  public void limit(Map<Limit, Long> limits) {
    budget.change(limits);
    Long time = limits.get(Limit.TIME);
    if (time != null) {
      runs.deadline(this, startedNanos + time);
    }
    runs.changed(this);
  }

  /** Whether its time is up by the limit as it is now. */
  boolean isLate(long now) {
    return now - startedNanos >= budget.max(Limit.TIME);
  }

  @Override
  public String id() {
    return id;
  }

  /** A name for people; empty when there is none. */
  public String name() {
    return name;
  }

  /** What began it: {@code api}, {@code entrypoint com.acme.Agent#run}, {@code jvm}... */
  public String origin() {
    return origin;
  }

  @Override
  public Optional<io.belay.api.Run> parent() {
    return Optional.ofNullable(parent);
  }

  /** The run above, or {@code null} for the root. */
  public @Nullable Run above() {
    return parent;
  }

  /** The runs below that have not ended. */
  public List<Run> below() {
    return children.snapshot();
  }

  /** Its own calls that are in flight, as they stand; those of runs below are not among them. */
  public List<StopReport.Call> calls() {
    List<StopReport.Call> calls = new ArrayList<>();
    for (InFlight call : inFlight.snapshot()) {
      calls.add(StopReport.Call.of(call));
    }
    return calls;
  }

  /** When it began. */
  public Instant startedAt() {
    return startedAt;
  }

  /** When it ended; {@code null} before. */
  public @Nullable Instant endedAt() {
    return endedAt;
  }

  long startedNanos() {
    return startedNanos;
  }

  @Override
  public Status status() {
    Verdict decided = verdict;
    if (decided == null) {
      return Status.RUNNING;
    }
    if (decided instanceof Stop) {
      return endedAt == null ? Status.STOPPING : Status.STOPPED;
    }
    return decided == Verdict.End.COMPLETED ? Status.COMPLETED : Status.FAILED;
  }

  @Override
  public boolean isStopping() {
    return verdict instanceof Stop;
  }

  /** That it was stopped, or {@code null}. */
  @Nullable Stop stopped() {
    return verdict instanceof Stop stop ? stop : null;
  }

  /** The account of the stop it is part of; {@code null} when it was not stopped. */
  public @Nullable Stopping stopping() {
    Stop stop = stopped();
    return stop == null ? null : stop.report();
  }

  /** Who stopped it, why and when; {@code null} when it was not stopped. */
  public @Nullable StopEvent stopEvent() {
    Stop stop = stopped();
    return stop == null ? null : stop.event(id);
  }

  @Override
  public void check() {
    runs.gatekeeper().check(this, "check");
  }

  @Override
  public void stop(@Nullable String reason) {
    runs.stop(this, Reason.API, "api", reason == null ? "" : reason, false);
  }

  @Override
  public Subscription onStop(Consumer<StopEvent> listener) {
    synchronized (listeners) {
      if (verdict == null) {
        listeners.add(listener);
        return () -> forget(listener);
      }
    }
    Stop stop = stopped();
    if (stop != null) {
      listener.accept(stop.event(id));
    }
    return () -> {};
  }

  private void forget(Consumer<StopEvent> listener) {
    synchronized (listeners) {
      listeners.remove(listener);
    }
  }

  @Override
  public Usage usage() {
    return meter.usage();
  }

  @Override
  public Map<String, Number> remaining() {
    return budget.remaining(runs.clock.nanos() - startedNanos);
  }

  @Override
  public void onCompletion(Runnable write) {
    synchronized (listeners) {
      if (parent != null && verdict == null) {
        List<Runnable> more = new ArrayList<>(staged);
        more.add(write);
        staged = more;
        return;
      }
    }
    if (parent == null || verdict == Verdict.End.COMPLETED) {
      write.run();
    }
  }

  /** The nearest run, from this one upwards, that has not ended by itself. */
  Run live() {
    Run run = this;
    while (run.verdict instanceof Verdict.End && run.parent != null) {
      run = run.parent;
    }
    return run;
  }

  /** Decides that it is stopped; {@code false} when something was decided already. */
  boolean decide(Stop stop) {
    return VERDICT.compareAndSet(this, null, stop);
  }

  /** Tells the subscribers, once: whoever decided calls it. */
  void tell(Stop stop) {
    List<Consumer<StopEvent>> told;
    synchronized (listeners) {
      told = List.copyOf(listeners);
      listeners.clear();
      staged = List.of();
    }
    StopEvent event = told.isEmpty() ? null : stop.event(id);
    for (Consumer<StopEvent> listener : told) {
      runs.guarded("a subscriber of run " + id, () -> listener.accept(event));
    }
  }

  /** Its entry has returned: from now on it ends as soon as nothing of it is at work. */
  void leave(Verdict.End how) {
    left = how;
    lessToDo();
  }

  /** Something of it has finished. Ends it when that was the last. */
  void lessToDo() {
    Verdict decided = verdict;
    if (decided instanceof Stop stop) {
      stop.report().nudge();
    } else if (decided == null && left != null && idle()) {
      end(left);
    }
  }

  private void end(Verdict.End how) {
    List<Runnable> due;
    synchronized (listeners) {
      if (!VERDICT.compareAndSet(this, null, how)) {
        return;
      }
      due = staged;
      staged = List.of();
      listeners.clear();
    }
    over();
    if (how == Verdict.End.COMPLETED) {
      due.forEach(write -> runs.guarded("a staged write of run " + id, write));
    }
  }

  /** Whether nothing of it is at work, queued or in flight, in itself or below. */
  boolean idle() {
    if (!inFlight.isEmpty() || !children.isEmpty()) {
      return false;
    }
    for (Work piece : work.snapshot()) {
      if (piece.holds()) {
        return false;
      }
    }
    return true;
  }

  /** It is over, one way or the other. Called once. */
  void over() {
    endedAt = runs.clock.now();
    runs.ended(this);
  }
}
