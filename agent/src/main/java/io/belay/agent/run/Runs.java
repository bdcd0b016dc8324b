package io.belay.agent.run;

import io.belay.api.Reason;
import io.belay.api.Status;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLongArray;
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
  private final Spending spending;
  private final Budget jvmBudget;
  private final Ledger ledger;
  private final Deadlines deadlines;
  private volatile boolean hadRuns;
  private final Run root;
  private final Run none;
  private final Stopper stopper;
  private final Gatekeeper gatekeeper;
  private final Map<String, Run> live = new ConcurrentHashMap<>();
  private final Map<String, Run> ended = new HashMap<>(); // Guarded by itself.
  private final Deque<Run> endedInOrder = new ArrayDeque<>(); // Guarded by ended.
  private volatile Runnable beforeBegin = () -> {};
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final LongAdder begun = new LongAdder();
  private final AtomicLongArray over = new AtomicLongArray(Status.values().length);
  private static final char[] ID = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

  /** Begins with the root run, {@code jvm}. */
  public Runs(Clock clock, Policy policy, Journal journal) {
    this(clock, policy, Spending.NONE, journal);
  }

  /** Begins with the root run, {@code jvm}, and its limits. */
  public Runs(Clock clock, Policy policy, Spending spending, Journal journal) {
    this.spending = spending;
    this.jvmBudget = new Budget("jvm.", null, null, spending.jvm());
    this.ledger = new Ledger(this, spending.onExceeded(), spending.floor());
    this.deadlines = new Deadlines(this);
    this.clock = clock;
    this.policy = policy;
    this.journal = journal;
    this.stopper = new Stopper(this);
    int width = 4 * Runtime.getRuntime().availableProcessors();
    this.root = new Run(this, null, "jvm", "", "jvm", width, rootBudget());
    this.none = new Run(this, null, "none", "", "none", 1, Budget.unlimited());
    this.gatekeeper = new Gatekeeper(this);
    Carrier.exemptRun(none);
    live.put(root.id(), root);
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
    beforeBegin.run();
    String clean = RunIds.clean(id);
    String wanted = clean.isEmpty() ? generated() : clean;
    Run run = make(parent.live(), wanted, name, origin, limits);
    for (int n = 2; live.putIfAbsent(run.id(), run) != null; n++) {
      run = make(parent.live(), RunIds.suffixed(wanted, n), name, origin, limits);
    }
    begun.increment();
    hadRuns = true;
    adopt(run, parent);
    long time = run.budget.max(Limit.TIME);
    if (time != Long.MAX_VALUE) {
      deadline(run, run.startedNanos() + time);
    }
    changed(run);
    return run;
  }

  /**
   * Puts a run below its parent. The order is the one of a call: join first, then read what was
   * decided about the parent, so either the parent's stop finds the child or the child sees the
   * stop.
   */
  private void adopt(Run run, Run above) {
    for (Run parent = above.live(); ; parent = parent.live()) {
      parent.children.add(run);
      Verdict decided = parent.verdict;
      if (decided == null) {
        return;
      }
      if (decided instanceof Stop stop) {
        stopTree(run, stop.forChild());
        return;
      }
      parent.children.remove(run);
    }
  }

  /** The live run, or the remembered ended one, with this id; {@code null} when unknown. */
  public @Nullable Run find(String id) {
    Run run = id.equals(root.id()) ? root : live.get(id);
    if (run != null) {
      return run;
    }
    synchronized (ended) {
      return ended.get(id);
    }
  }

  /** The runs that have not ended, in no order. */
  public Collection<Run> live() {
    return new ArrayList<>(live.values());
  }

  /** The ended runs that are remembered, the oldest first. */
  public Collection<Run> ended() {
    synchronized (ended) {
      return new ArrayList<>(endedInOrder);
    }
  }

  /** How many runs have begun, the root aside. */
  public long begunCount() {
    return begun.sum();
  }

  /** How many runs have ended that way. */
  public long endedCount(Status how) {
    return over.get(how.ordinal());
  }

  /** What a stop of {@code run} would do now. Changes nothing. */
  public StopPreview preview(Run run) {
    return StopPreview.of(run, policy);
  }

  /** Adds a listener for good. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Removes a listener. */
  public void unlisten(Listener listener) {
    listeners.remove(listener);
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
    long now = clock.nanos();
    Stopping report = new Stopping(run, stopper, now);
    Stop stop = new Stop(reason, by, text, clock.now(), now, report);
    if (!stopTree(run, stop)) {
      Stopping earlier = run.stopping();
      if (force && earlier != null) {
        earlier.force();
      }
      return earlier == null ? Answer.ENDED : Answer.ALREADY;
    }
    if (force) {
      report.force();
    }
    stopper.take(report);
    return Answer.ACCEPTED;
  }

  /** Sets the flag of a whole subtree, then collects what had begun. The order is the guarantee. */
  private boolean stopTree(Run top, Stop stop) {
    if (!top.decide(stop)) {
      return false;
    }
    List<Run> stopped = new ArrayList<>();
    stopped.add(top);
    Stop below = stop.reason() == Reason.PARENT ? stop : stop.forChild();
    for (int i = 0; i < stopped.size(); i++) {
      for (Run child : stopped.get(i).children.snapshot()) {
        if (child.decide(below)) {
          stopped.add(child);
        }
      }
    }
    for (Run run : stopped) {
      stop.report().member(run);
      stop.report().caught(run.inFlight.snapshot());
    }
    for (Run run : stopped) {
      run.tell(run == top ? stop : below);
      changed(run);
    }
    return true;
  }

  /** A run is over: it moves from the live ones to the remembered. */
  void ended(Run run) {
    live.remove(run.id(), run);
    over.incrementAndGet(run.status().ordinal());
    synchronized (ended) {
      ended.put(run.id(), run);
      endedInOrder.addLast(run);
      while (endedInOrder.size() > policy.keep()) {
        Run oldest = endedInOrder.removeFirst();
        ended.remove(oldest.id(), oldest);
      }
    }
    changed(run);
    Run parent = run.above();
    if (parent != null) {
      // The child may have been adopted by a run further up; only the chain knows which.
      Chain siblings = run.chain;
      if (siblings != null) {
        siblings.remove(run);
      }
      for (Run above = parent; above != null; above = above.above()) {
        above.lessToDo();
      }
    }
  }

  void changed(Run run) {
    for (Listener listener : listeners) {
      guarded("a listener of runs", () -> listener.changed(run));
    }
  }

  /** A run that nobody knows of yet. Below the root it has the configured limits of a run. */
  Run make(Run parent, String id, String name, String origin, Limits limits) {
    boolean top = parent == root;
    Limits own = top ? spending.run().and(limits) : limits;
    Budget budget = new Budget("", null, top ? jvmBudget : parent.budget, own);
    Run run = new Run(this, parent, id, name, origin, 1, budget);
    budget.ownedBy(run);
    return run;
  }

  /** What the root does itself counts as one run, for all limits but time. */
  private Budget rootBudget() {
    Map<Limit, Long> own = new HashMap<>(spending.run().values());
    own.remove(Limit.TIME);
    return new Budget("", null, jvmBudget, new Limits(own));
  }

  void deadline(Run run, long nanos) {
    deadlines.set(run, nanos);
  }

  boolean isLate(Run run) {
    return run.verdict == null && run.isLate(clock.nanos());
  }

  /** Whether any run but the root has begun in this JVM. */
  boolean hadRuns() {
    return hadRuns;
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

  private static String generated() {
    byte[] random = new byte[16];
    Randomness.SOURCE.nextBytes(random);
    char[] id = new char[26];
    long bits = 0;
    int held = 0;
    int at = 0;
    for (int i = 0; i < id.length; i++) {
      if (held < 5 && at < random.length) {
        bits = (bits << 8) | (random[at++] & 0xff);
        held += 8;
      }
      held = Math.max(held - 5, 0);
      id[i] = ID[(int) (bits >>> held & 31)];
    }
    return new String(id);
  }

  /** Made when the first id is: it is slow to set up. */
  private static final class Randomness {
    static final SecureRandom SOURCE = new SecureRandom();
  }
}
