package io.belay.agent.run;

import io.belay.agent.rule.Limit;
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
import java.util.Set;
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
  @Nullable Account account; // Of its request's caller. Set before anybody has the run.

  private final String id;
  private final String name;
  private final String origin;

  /** The run in whose {@link #children} it is. Moves up when that ends before this has joined. */
  private volatile @Nullable Run parent;

  private final Instant startedAt;
  private final long startedNanos;

  /** The inbound request that began it, or {@code null}. Set before anybody else has the run. */
  volatile @Nullable Served request;

  /** {@code null} while it may go on. Read at every boundary. */
  volatile @Nullable Verdict verdict;

  /** How its entry returned, from then on; {@code null} before. */
  private volatile Verdict.@Nullable End left;

  /** Whether the thread that its entry was called on has gone. */
  private volatile boolean returned;

  volatile boolean lingers; // Whether it is looked after. Of Lingering.

  private volatile @Nullable Instant endedAt;
  private final Waiters waiting = new Waiters();
  final Queues queues = new Queues();

  QuietSite.@Nullable Back resumed; // Of QuietSite. Whoever sees none makes one like it.

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

  /** The threads at work for it and all below it, those left out that serve whoever comes. */
  void atWork(Set<Thread> threads) {
    for (Work piece : work.snapshot()) {
      Slot at = piece.slot();
      if (at != null && !Infrastructure.isShared(at.thread)) {
        threads.add(at.thread);
      }
    }
    for (Run child : children.snapshot()) {
      child.atWork(threads);
    }
  }

  /** Its limits by name, in the units that people use. */
  public Map<String, Number> limits() {
    return runs.budgets.limits(this);
  }

  /** Of each limit, what calls in flight have set aside. */
  public Map<String, Number> reserved() {
    return runs.budgets.reserved(this);
  }

  /** Changes limits while it lives; a {@code null} value takes one away. */
  public void limit(Map<Limit, @Nullable Long> limits) {
    runs.limit(this, budget, limits);
  }

  /** The same for those of the whole JVM, which only the root has. */
  public void limitJvm(Map<Limit, @Nullable Long> limits) {
    runs.limit(this, runs.budgets.jvm, limits);
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
    for (InFlight call : Lanes.show(this)) {
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
    if (!Verdict.isDecided(decided)) {
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
    if (waiting.listen(this, listener)) {
      return () -> waiting.forget(listener);
    }
    Stop stop = stopped();
    if (stop != null) {
      listener.accept(stop.event(id));
    }
    return () -> {};
  }

  @Override
  public Usage usage() {
    return meter.usage();
  }

  @Override
  public Map<String, Number> remaining() {
    return runs.budgets.remaining(this);
  }

  @Override
  public void onCompletion(Runnable write) {
    if (parent != null && waiting.stage(this, write)) {
      return;
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
    for (; ; ) {
      Verdict seen = verdict;
      if (Verdict.isDecided(seen)) {
        return false;
      }
      if (VERDICT.compareAndSet(this, seen, stop)) {
        return true;
      }
    }
  }

  /**
   * What was decided, for somebody who has just joined its calls, its work or its children. An end
   * that was about to be is called off: the run is not idle any more.
   */
  @Nullable Verdict afterJoining() {
    for (; ; ) {
      Verdict seen = verdict;
      if (!(seen instanceof Verdict.Ending)) {
        return seen;
      }
      VERDICT.compareAndSet(this, seen, null);
    }
  }

  /** Its parent has ended before this run could join it. Before anybody else can join this. */
  void moveUp() {
    Run ended = parent;
    parent = ended == null ? null : ended.live();
  }

  /** What tells the subscribers, once each: whoever decided calls it. Null when there are none. */
  @Nullable Runnable telling(Stop stop) {
    List<Consumer<StopEvent>> told = waiting.drop();
    if (told.isEmpty()) {
      return null;
    }
    StopEvent event = stop.event(id);
    return () ->
        told.forEach(
            one -> Callback.to("a listener of run " + id, () -> one.accept(event), runs.journal()));
  }

  /** Its entry has returned: from now on it ends as soon as nothing of it is at work. */
  void leave(Verdict.End how) {
    left = how;
    returned = true;
    lessToDo();
  }

  /** Whether it goes on although its entry has returned. */
  boolean isLingering() {
    return left != null && !(verdict instanceof Stop) && !(verdict instanceof Verdict.End);
  }

  /** The thread that its entry was called on has gone; how the entry ends may come later. */
  void returned() {
    returned = true;
    lessToDo();
  }

  /** Something of it has finished. Ends it when that was the last, and what waited for that. */
  void lessToDo() {
    Run run = this;
    while (run != null && run.endIfIdle()) {
      run = run.parent;
    }
  }

  /** Ends it if it is idle. Announces that first: who joins is seen, or calls the end off. */
  private boolean endIfIdle() {
    for (; ; ) {
      Verdict seen = verdict;
      Verdict.End how = left;
      if (seen instanceof Stop stop) {
        stop.report().nudge();
        return false;
      }
      if (how == null || seen instanceof Verdict.End) {
        return false;
      }
      if (!idle()) {
        afterJoining(); // Whoever is at work calls the end off, and comes by when done.
        runs.lingering().consider(this);
        return false;
      }
      if (seen == null) {
        VERDICT.compareAndSet(this, null, new Verdict.Ending());
      } else if (end(seen, how)) {
        return true;
      }
    }
  }

  private boolean end(Verdict ending, Verdict.End how) {
    List<Runnable> due = waiting.end(() -> VERDICT.compareAndSet(this, ending, how));
    if (due == null) {
      return false;
    }
    if (how == Verdict.End.COMPLETED) {
      due.forEach(write -> Callback.to("a staged write of run " + id, write, runs.journal()));
    }
    over();
    return true;
  }

  /** Whether a stop of it has nothing left to wait for. */
  boolean quiet() {
    // The root never returns, and its threads are not known.
    return parent == null ? inFlight.isEmpty() && children.isEmpty() : returned && idle();
  }

  /** Whether nothing of it is at work, queued or in flight, in itself or below. */
  boolean idle() {
    return !inFlight.any(InFlight::holds) && children.isEmpty() && !work.any(Work::holds);
  }

  /** Whether it was stopped, so that what is queued must not begin. */
  boolean forbidsWork() {
    return verdict instanceof Stop && runs.policy.enforce();
  }

  /** It is over, one way or the other. Called once. */
  void over() {
    endedAt = runs.clock.now();
    inFlight.snapshot().forEach(InFlight::closedEarly); // Answers that nobody has read.
    work.snapshot().forEach(Work::outlived);
    queues.clear();
    runs.ended(this);
  }
}
