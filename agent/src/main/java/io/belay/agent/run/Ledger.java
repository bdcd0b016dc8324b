package io.belay.agent.run;

import io.belay.api.BudgetExceededException;
import io.belay.api.Reason;

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

  /** Whether anything limits what {@code call} may use. */
  public boolean isLimited(InFlight call) {
    return call.run().budget.isLimited();
  }

  /**
   * Sets aside what {@code call} may use.
   *
   * @throws BudgetExceededException when a limit does not allow it; by then its run is stopped, if
   *     that is what the configuration wants
   */
  public Reservation reserve(InFlight call, Reservation.Need need) {
    Budget budget = call.run().budget;
    if (need.toolCalls() > 0) {
      call.run().meter.toolCall();
    } else {
      call.run().meter.llmCall();
    }
    if (!budget.isLimited()) {
      return new Reservation(null, need, need.output());
    }
    long share = need.output() == Reservation.UNBOUNDED ? parties(call.run()) : 1;
    Object answer = budget.reserve(need, floor, share);
    if (answer instanceof Budget.Denied denied) {
      exceeded(call, denied);
      return new Reservation(null, need, need.output()); // warn: it goes through as it is.
    }
    return new Reservation(budget, need, (Long) answer);
  }

  /**
   * How many are at work for the same top-level run: who asks for no limit gets a share, so that
   * the first of several at once does not set everything aside.
   */
  private static long parties(Run run) {
    Run top = run;
    while (top.above() != null && top.above().above() != null) {
      top = top.above();
    }
    return top.above() == null ? 1 : Math.max(1, top.atWork());
  }

  /** Books what {@code call} has used in place of what was set aside. */
  public void book(InFlight call, Reservation reservation, LlmMeter.Booked used) {
    Budget reserved = reservation.budget();
    Budget budget = reserved == null ? call.run().budget : reserved;
    budget.settle(reservation, used.input(), used.output(), used.picoUsd());
    call.run()
        .meter
        .book(
            used.input(),
            used.output(),
            used.cacheRead(),
            used.cacheWrite(),
            used.picoUsd(),
            used.estimated());
    runs.changed(call.run());
  }

  /** A call was withdrawn before anything of it was sent. */
  public void release(Reservation reservation) {
    Budget reserved = reservation.budget();
    if (reserved != null) {
      reserved.release(reservation);
    }
  }

  /** An answer without a bound has come to what was set aside: it is cut, here and now. */
  public void spent(InFlight call, Reservation reservation) {
    Budget budget = reservation.budget();
    if (onExceeded != OnExceeded.WARN && budget != null && call.abort()) {
      Budget.Denied denied = budget.deniedOutput(reservation);
      stop(call, denied);
    }
  }

  /** Refuses {@code call} when {@code limit} is set anywhere for it. */
  public void refuseIfLimited(InFlight call, Limit limit, String why) {
    Budget.Denied denied = call.run().budget.limiting(limit);
    if (denied != null && runs.policy.enforce() && onExceeded != OnExceeded.WARN) {
      throw refusal(call, denied, why);
    }
  }

  private void exceeded(InFlight call, Budget.Denied denied) {
    if (onExceeded == OnExceeded.WARN || !runs.policy.enforce()) {
      runs.journal().note("run " + call.run().id() + " is over its limit: " + told(denied));
      return;
    }
    stop(call, denied);
    throw refusal(call, denied, told(denied));
  }

  private void stop(InFlight call, Budget.Denied denied) {
    if (onExceeded != OnExceeded.STOP) {
      return;
    }
    Run owner = denied.owner() == null ? call.run() : denied.owner();
    // The root is stopped only where it is the one agent there is: else it would take every
    // request of a server along.
    if (owner.above() != null || !runs.hadRuns()) {
      runs.stop(owner, Reason.BUDGET, "budget", told(denied), false);
    }
  }

  private static RuntimeException refusal(InFlight call, Budget.Denied denied, String why) {
    return new BudgetExceededException(
        call.run().id(),
        call.kind() + " " + call.target(),
        denied.name(),
        denied.limit().shown(denied.used()).doubleValue(),
        denied.limit().shown(denied.max()).doubleValue(),
        "run " + call.run().id() + " is over its budget: " + why,
        false);
  }

  private static String told(Budget.Denied denied) {
    return "limit "
        + denied.name()
        + " of "
        + denied.limit().shown(denied.max())
        + " reached: "
        + denied.limit().shown(denied.used())
        + " used or set aside";
  }
}
