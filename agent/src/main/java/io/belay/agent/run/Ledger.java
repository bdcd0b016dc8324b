package io.belay.agent.run;

import io.belay.agent.rule.Limit;
import io.belay.agent.rule.OnExceeded;
import io.belay.agent.run.Reservation.Need;
import io.belay.api.BudgetExceededException;
import io.belay.api.Reason;
import io.belay.api.RunStoppedException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the budgets: reserves before a call, settles after it, and says what happens at a limit.
 * Called by the threads that call; everything is booked in the call's run and all above it.
 */
public final class Ledger {
  private final Runs runs;
  private final OnExceeded onExceeded;
  private final long floor;

  Ledger(Runs runs, OnExceeded onExceeded, long floor) {
    this.runs = runs;
    this.onExceeded = onExceeded;
    this.floor = floor;
  }

  /**
   * Sets aside what {@code call} may use.
   *
   * @param modest whether the request says its output; one that does not gets a share, so that the
   *     first of several at once does not set everything aside
   * @throws BudgetExceededException when a limit does not allow it; by then its run is stopped, if
   *     that is what the configuration wants
   * @throws RunStoppedException when its time is up and its run is stopped for that
   */
  public Reservation reserve(InFlight call, Need need, boolean modest) {
    Run run = call.run();
    Reservation made;
    Account account = run.account;
    if (account != null) {
      account.turn(runs.clock.nanos());
    }
    if (keepsLimits()) {
      Denied late = runs.deadlines.late(run);
      if (late != null) {
        throw overdue(call, late);
      }
      Budget.Grant grant = grant(call, need, modest);
      Denied denied = grant.denied();
      if (grant.refused() && denied != null && letGo(denied)) {
        grant = grant(call, need, modest);
        denied = grant.denied();
      }
      if (grant.refused() && denied != null) {
        throw refused(call, denied);
      }
      made = new Reservation(run.budget, need, grant.output(), grant.tight(), recorded(call, need));
    } else {
      notKept(call, need, modest);
      run.budget.reserveAnyway(need);
      made = new Reservation(run.budget, need, need.output(), false, recorded(call, need));
    }
    run.meter.calls(need.llmCalls(), need.toolCalls());
    return made;
  }

  /**
   * Has answers that nobody reads any more keep no more than has come of them: their clients say
   * that they are over when they come to it, and a limit must not refuse, let alone stop its run,
   * for what will not be used.
   *
   * @return whether there was any
   */
  private boolean letGo(Denied denied) {
    Run owner = denied.owner();
    return letGo(owner == null ? runs.root() : owner);
  }

  private static boolean letGo(Run run) {
    boolean any = false;
    for (InFlight call : run.inFlight.snapshot()) {
      any |= call.site.letsGo(call);
    }
    for (Run child : run.children.snapshot()) {
      any |= letGo(child);
    }
    return any;
  }

  private @Nullable Object recorded(InFlight call, Need need) {
    try {
      return need.llmCalls() == 0 ? null : runs.recorder().begun(call);
    } catch (Throwable fault) {
      runs.gatekeeper().fault("recording a call", fault);
      return null;
    }
  }

  /** Tries what would have been done, tells of it, and takes it back. */
  private void notKept(InFlight call, Need need, boolean modest) {
    Run run = call.run();
    boolean observes = !runs.policy.enforce();
    Budget.Grant grant = grant(call, need, modest);
    Denied denied = grant.denied();
    if (grant.refused() && denied != null) {
      if (observes) {
        runs.observed().outOfBudget();
        Run owner = toStop(run, denied);
        if (owner != null) {
          runs.observed().stopped(owner, Reason.BUDGET);
        }
      }
      if (denied.budget().notes(denied.limit())) {
        passes(run, denied);
      }
      return;
    }
    if (observes && grant.output() < need.output()) {
      runs.observed().clamped();
    }
    run.budget.release(new Reservation(run.budget, need, grant.output(), grant.tight()));
  }

  private void passes(Run run, Denied denied) {
    runs.journal().note("run " + run.id() + " passes its budget: " + denied.told(run, floor));
  }

  /** Whether limits are kept; else what passes one is only told of. */
  private boolean keepsLimits() {
    return onExceeded != OnExceeded.WARN && runs.policy.enforce();
  }

  /** Whoever does not wait for an answer may ask for another one at once. */
  private Budget.Grant grant(InFlight call, Need need, boolean modest) {
    Budget budget = call.run().budget;
    long parties = modest ? 1 : parties(call.run());
    boolean many = parties == 1 && !modest && call.isAsync();
    return budget.reserve(need, floor, many ? Share.OF_MANY : Share.among(parties));
  }

  /** How many are at work for the same top-level run. */
  static long parties(Run run) {
    Run top = run;
    while (top.above() != null && top.above().above() != null) {
      top = top.above();
    }
    if (top.above() == null) {
      return 1;
    }
    Set<Thread> threads = new HashSet<>(); // One may be at a task inside a task.
    top.atWork(threads);
    threads.removeIf(Ledger::bringsAnswers);
    return Math.max(1, threads.size());
  }

  /**
   * The JDK's client brings answers on threads of no class of its own, after it has brought them.
   */
  private static boolean bringsAnswers(Thread thread) {
    return thread.getName().startsWith("HttpClient-");
  }

  /**
   * Counts another attempt of a call whose client tries again by itself.
   *
   * @throws BudgetExceededException when the limit of calls does not allow it
   */
  public void again(InFlight call, Reservation made) {
    Denied denied = made.budget().again(made.need(), keepsLimits());
    if (denied != null) {
      throw refused(call, denied);
    }
    call.run().meter.calls(made.need().llmCalls(), 0);
  }

  /**
   * Books what {@code call} has used in place of what was set aside.
   *
   * @param worst what it may have used, unseen: no limit has room for that any more
   */
  public void book(InFlight call, Reservation made, LlmMeter.Booked used, LlmMeter.Booked worst) {
    // In this order: who reads what is set aside, and then what was used, misses nothing.
    call.run().meter.book(used);
    made.budget().settle(made, worst.input(), worst.output(), worst.picoUsd());
    Denied passed = keepsLimits() ? null : Overdraft.passed(made.budget());
    if (passed != null) {
      passes(call.run(), passed);
    }
    if (call.kind() == Kind.LLM) {
      try {
        runs.recorder().booked(call, used, made.recording());
      } catch (Throwable fault) {
        runs.gatekeeper().fault("recording a call", fault);
      }
    }
    runs.changed(call.run());
  }

  /**
   * The provider has said what a call used, and the body has not ended: what it does not need any
   * more is left to whoever calls next, perhaps from inside the answer's last event.
   *
   * @return what is set aside from now on
   */
  public Reservation narrow(Reservation made, LlmMeter.Booked used) {
    Reservation now = made.narrowed(used);
    made.budget().narrow(made, now);
    return now;
  }

  /**
   * A call that was thought to need no more is sent again.
   *
   * @param sent whether it was already, so that it is too late to refuse it
   * @return whether all that it may use is set aside again
   */
  public boolean widen(Reservation narrowed, Reservation made, boolean sent) {
    return made.budget().widen(narrowed, made, !sent && keepsLimits());
  }

  /** The refusal of another attempt of {@code call}: somebody else has what it had set aside. */
  public RuntimeException spent(InFlight call, Reservation made) {
    return refused(call, made.budget().limitingOutput(made));
  }

  /** A call was withdrawn before anything of it was sent. */
  public void release(InFlight call, Reservation made) {
    made.budget().release(made);
    call.run().meter.calls(-made.need().llmCalls(), -made.need().toolCalls());
  }

  /** An answer has come to what was set aside and nothing else bounds it: it is cut here. */
  public void cut(InFlight call, Reservation made) {
    cut(call, made.budget().limitingOutput(made));
  }

  /** How often limits of whatever budget were changed, up to now. */
  public int changes() {
    return Overdraft.changes();
  }

  /**
   * Some limit was changed since {@code call} was sent: it is cut here if it has come to one.
   *
   * @param own what has come of it; asked where there is a limit
   */
  public void cutIfOverdrawn(InFlight call, Reservation made, Supplier<LlmMeter.Booked> own) {
    boolean limited = keepsLimits() && Overdraft.mayBe(made.budget());
    Denied reached = limited ? Overdraft.of(made.budget(), own.get()) : null;
    if (reached != null) {
      cut(call, reached);
    }
  }

  private void cut(InFlight call, Denied denied) {
    if (call.abort(refusal(call, denied, denied.told(call.run(), floor)))) {
      stop(call, denied);
    }
  }

  /**
   * A request cannot be lowered to what was set aside, and its answer would come in one piece.
   *
   * @throws BudgetExceededException always
   */
  public void refuseUnbounded(InFlight call, Reservation made, String why) {
    Denied denied = made.budget().limitingOutput(made);
    release(call, made);
    throw refusal(call, denied, "it may need more than is left, and " + why);
  }

  /**
   * Refuses {@code call} when {@code limit} is set anywhere for it.
   *
   * @throws BudgetExceededException when it is
   */
  public void refuseIfLimited(InFlight call, Limit limit, String why) {
    Denied denied = call.run().budget.limiting(limit);
    if (denied != null && keepsLimits()) {
      throw refusal(call, denied, why);
    }
    if (denied != null && runs.observed().isOn() && onExceeded != OnExceeded.WARN) {
      runs.observed().outOfBudget();
    }
  }

  private void stop(InFlight call, Denied denied) {
    Run owner = toStop(call.run(), denied);
    if (owner != null) {
      String told = denied.told(owner, floor);
      runs.stop(owner, Reason.BUDGET, "budget", told, false, denied);
    }
  }

  /** A call is refused, which the stop's account is to have, though it came first. */
  private BudgetExceededException refused(InFlight call, Denied denied) {
    BudgetExceededException refusal = refusal(call, denied, denied.told(call.run(), floor));
    stop(call, denied);
    Refusals.counted(call.run(), call.kind());
    return refusal;
  }

  /** The run that a limit stops when {@code run} comes to it; {@code null} for none. */
  private @Nullable Run toStop(Run run, Denied denied) {
    Run owner = denied.owner() == null ? run : denied.owner();
    // The root is stopped only where it is the one agent there is: else it would take every
    // request of a server along.
    boolean alone = owner.above() != null || !runs.hadRuns();
    return onExceeded == OnExceeded.STOP && alone ? owner : null;
  }

  /** A call that comes in the moment between the end of its time and the stop that follows. */
  private RuntimeException overdue(InFlight call, Denied late) {
    runs.deadlines.met(call.run(), late);
    Stop stop = call.run().stopped();
    return stop == null ? refusal(call, late, "its time is up") : Refusals.overtaken(call, stop);
  }

  private static BudgetExceededException refusal(InFlight call, Denied denied, String why) {
    String id = call.run().id();
    String message = "run " + id + " is out of budget: " + why;
    return new Refused(denied, call.kind(), why)
        .thrown(id, call.kind() + " " + call.target(), message, false);
  }
}
