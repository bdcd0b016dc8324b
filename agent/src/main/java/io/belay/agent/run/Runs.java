package io.belay.agent.run;

import io.belay.agent.rule.Limit;
import io.belay.agent.rule.Limits;
import io.belay.api.Reason;
import io.belay.api.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All runs of this JVM: those that live, and the last ones that ended. */
public final class Runs {
  /** Told of every change of a run; by the thread that changes it, so it must be short. */
  @FunctionalInterface
  public interface Listener {
    /** {@code run} has begun, been stopped, ended, or had a limit changed. */
    void changed(Run run);
  }

  /** How a request to stop was taken. */
  public enum Answer {
    /** This request stopped it. */
    ACCEPTED,
    /** It was stopped before. */
    ALREADY,
    /** It had ended by itself. */
    ENDED
  }

  /** Takes note of what a person should hear of. */
  public interface Journal {
    /** A run was stopped and is quiet. */
    void stopped(StopReport report);

    /** A fault of Belay's own, or of a subscriber: logged once each, counted, and survived. */
    void fault(String during, Throwable thrown);

    /** Something that a person may want to know and that is nobody's fault. */
    default void note(String line) {}
  }

  final Clock clock;
  final Policy policy;
  private final Journal journal;
  final BudgetTree budgets;
  private final Ledger ledger;
  private final Observed observed;
  final Deadlines deadlines;
  private volatile boolean retired;
  private final Run root;
  private final Run none;
  private final Stopper stopper;
  private final Lingering lingering = new Lingering();
  private final Gatekeeper gatekeeper;
  private final Map<String, Run> live = new ConcurrentHashMap<>();
  private final EndedRuns ended;
  private volatile Runnable beforeBegin = () -> {};
  private final Hearers hearers;
  private final LongAdder begun = new LongAdder();
  private final LongAdder[] over = new LongAdder[Status.values().length];

  /** Begins with the root run, {@code jvm}. */
  public Runs(Clock clock, Policy policy, Journal journal) {
    this(clock, policy, Spending.NONE, journal);
  }

  /** Begins with the root run, {@code jvm}, and its limits. */
  public Runs(Clock clock, Policy policy, Spending spending, Journal journal) {
    this(
        clock,
        policy,
        spending,
        journal,
        loop -> Threads.start(loop, "belay-stopper"),
        new Callers());
  }

  /**
   * For tests, which take the steps of a stop themselves.
   *
   * @param stoppers starts the thread that carries stops out
   * @param callers calls into libraries and the application for it
   */
  Runs(
      Clock clock,
      Policy policy,
      Spending spending,
      Journal journal,
      Executor stoppers,
      Executor callers) {
    this.budgets = new BudgetTree(spending, clock, journal::note);
    this.ledger = new Ledger(this, spending.onExceeded(), spending.floor());
    this.deadlines = new Deadlines(this, budgets.jvm, spending.onExceeded());
    this.clock = clock;
    this.policy = policy;
    this.observed = new Observed(!policy.enforce());
    this.ended = new EndedRuns(policy.keep());
    Arrays.setAll(over, status -> new LongAdder());
    this.journal = journal;
    this.hearers = new Hearers(journal);
    this.stopper = new Stopper(this, stoppers, callers);
    int width = 4 * Runtime.getRuntime().availableProcessors();
    this.root = new Run(this, null, "jvm", "", "jvm", width, budgets.ofRoot());
    this.none = new Run(this, null, "none", "", "none", 1, Budget.unlimited());
    this.gatekeeper = new Gatekeeper(this);
    Carrier.exemptRun(none);
    live.put(root.id(), root);
    deadlines.limited(root);
  }

  /** Says what must have happened before the first run begins; it is told each time, and cheap. */
  public void beforeFirst(Runnable ready) {
    beforeBegin = ready;
  }

  /** Names the classes inside which no waiting thread is interrupted. */
  public void untouchable(Predicate<String> classes) {
    Waiting.untouchable(classes);
  }

  /** The run of all work outside any other. */
  public Run root() {
    return root;
  }

  /** The run of shared infrastructure, which nobody stops and nothing is counted for. */
  Run none() {
    return none;
  }

  /** Who decides. */
  public Gatekeeper gatekeeper() {
    return gatekeeper;
  }

  Lingering lingering() {
    return lingering;
  }

  Stopper stopper() {
    return stopper;
  }

  /**
   * Begins a run below {@code parent}; when that is stopped, the new one is stopped before it
   * starts.
   *
   * @param id the id asked for; empty for a generated one
   */
  Run begin(Run parent, String id, String name, String origin, Limits limits) {
    return begin(parent, "", id, name, origin, limits);
  }

  /** The same for a request, whose {@code caller} may be limited too; empty for nobody. */
  Run begin(Run parent, String caller, String id, String name, String origin, Limits limits) {
    beforeBegin.run();
    String clean = RunIds.clean(id);
    String wanted = clean.isEmpty() ? RunIds.generated() : clean;
    Run above = parent == none ? root : parent.live();
    Account account = budgets.open(above, caller);
    Run run = make(above, account, wanted, name, origin, limits);
    for (int n = 2; live.putIfAbsent(run.id(), run) != null; n++) {
      String next = RunIds.suffixed(wanted, n);
      run = live.containsKey(next) ? run : make(above, account, next, name, origin, limits);
    }
    begun.increment();
    Idle.begun();
    adopt(run);
    deadlines.begun(run);
    hearers.begun(run);
    return run;
  }

  /**
   * Puts a run below its parent. The order is the one of a call: join first, then read what was
   * decided about the parent, so either the parent's stop finds the child or the child sees the
   * stop.
   */
  private void adopt(Run run) {
    for (Run parent = run.above(); parent != null; parent = run.above()) {
      parent.children.add(run);
      Verdict decided = parent.afterJoining();
      if (decided == null) {
        return;
      }
      if (decided instanceof Stop stop) {
        stopBeforeStart(run, stop);
        return;
      }
      parent.children.remove(run);
      run.moveUp();
    }
  }

  /** It is part of its parent's stop, or has an account of its own when that one is closed. */
  private void stopBeforeStart(Run run, Stop above) {
    if (above.report().take(List.of(run), List.of())) {
      run.decide(above.forChild());
      return;
    }
    Denied spent = above.report().spent();
    Stopping late = new Stopping(run, stopper, clock.nanos(), above.reason(), spent);
    if (run.decide(above.forChild(late))) {
      late.take(List.of(run), List.of());
      stopper.take(late);
    }
  }

  /** The live run, or the remembered ended one, with this id; {@code null} when unknown. */
  public @Nullable Run find(String id) {
    Run run = id.equals(root.id()) ? root : live.get(id);
    if (run != null) {
      return run;
    }
    return ended.find(id);
  }

  /** The runs that have not ended, in no order. */
  public Collection<Run> live() {
    return new ArrayList<>(live.values());
  }

  /** The ended runs that are remembered, in no order. */
  public Collection<Run> ended() {
    return ended.all();
  }

  /** How many runs have begun, the root aside. */
  public long begunCount() {
    return begun.sum();
  }

  /** How many runs have ended that way. */
  public long endedCount(Status how) {
    return over[how.ordinal()].sum();
  }

  /** What a stop of {@code run} would do now. Changes nothing. */
  public StopPreview preview(Run run) {
    return StopPreview.of(run, policy);
  }

  /** Says who records; nobody does unless told. */
  public void recorder(Recorder hears) {
    hearers.recorder(hears);
  }

  Recorder recorder() {
    return hearers.recorder();
  }

  /** Adds a listener for good. */
  public void listen(Listener listener) {
    hearers.listen(listener);
  }

  /** Removes a listener. */
  public void unlisten(Listener listener) {
    hearers.unlisten(listener);
  }

  /**
   * Stops {@code run} and all below it. When this returns, none of their boundary calls begins any
   * more and each that had begun is in the report.
   *
   * @param by who or what asked
   * @param text what was said with it; may be empty
   * @param force ends all grace periods, also of a stop that is under way
   */
  public Answer stop(Run run, Reason reason, String by, String text, boolean force) {
    return stop(run, reason, by, text, force, null);
  }

  /** The same for a limit that was reached, which each refusal names from then on. */
  Answer stop(
      Run run, Reason reason, String by, String text, boolean force, @Nullable Denied spent) {
    long now = clock.nanos();
    Stopping account = new Stopping(run, stopper, now, reason, spent);
    boolean ours = run.decide(new Stop(reason, by, text, clock.now(), now, account));
    if (run.stopped() == null) {
      return Answer.ENDED;
    }
    if (ours) {
      observed.stopped(run, reason);
    }
    StopTree tree = new StopTree(run, ours);
    tree.collect(ours || force ? account : null);
    if (force) {
      account.force();
    }
    if (ours || force) {
      // Before anybody is told: a subscriber that hangs must not keep calls from being aborted.
      stopper.take(account);
    }
    tree.tell();
    return ours ? Answer.ACCEPTED : Answer.ALREADY;
  }

  /** A run is over: it moves from the live ones to the remembered. The root is never forgotten. */
  void ended(Run run) {
    over[run.status().ordinal()].increment();
    Run parent = run.above();
    if (parent != null) {
      if (run.stopped() == null) {
        Idle.ended();
      }
      // In this order: who looks for it meanwhile finds it in one of them.
      ended.remember(run);
      live.remove(run.id(), run);
      parent.children.remove(run);
    }
    Served served = run.request;
    if (served != null) {
      if (run.stopped() != null) {
        guarded("waking the request of run " + run.id(), served::runIsOver);
      }
      run.request = null; // What is remembered of a run must not keep a server's objects.
    }
    budgets.close(run);
    changed(run);
  }

  void changed(Run run) {
    hearers.changed(run);
  }

  /** A run that nobody knows of yet. Below the root it has the configured limits of a run. */
  Run make(
      Run parent, @Nullable Account account, String id, String name, String origin, Limits limits) {
    Budget budget =
        parent == root ? budgets.ofTop(account, limits) : BudgetTree.ofChild(parent, limits);
    Run run = new Run(this, parent, id, name, origin, 1, budget);
    run.account = account;
    budget.ownedBy(run);
    return run;
  }

  /** Changes one of the budgets that limit {@code run}. */
  void limit(Run run, Budget budget, Map<Limit, @Nullable Long> limits) {
    budget.change(limits);
    Overdraft.changed();
    deadlines.limited(run);
    changed(run);
  }

  /** Lets go of all runs and ends every thread that looks after them: Belay leaves this JVM. */
  public void retire() {
    retired = true;
    stopper.nudge();
    deadlines.wake();
    Abandoned.rest();
  }

  /** Whether nobody looks after these runs any more. */
  boolean isRetired() {
    return retired;
  }

  /** Whether any run but the root has begun in this JVM. */
  boolean hadRuns() {
    return begun.sum() > 0;
  }

  /** What observing has counted. */
  public Observed observed() {
    return observed;
  }

  /** Who keeps the budgets. */
  public Ledger ledger() {
    return ledger;
  }

  /** Who is told of faults and ends. */
  public Journal journal() {
    return journal;
  }

  /** Calls out to somebody whose faults are not ours to pass on. */
  void guarded(String what, Runnable call) {
    try {
      call.run();
    } catch (Throwable thrown) {
      journal.fault(what, thrown);
    }
  }
}
