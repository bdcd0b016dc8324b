package io.belay.agent.run;

import io.belay.agent.rule.Limits;
import io.belay.api.BudgetExceededException;
import io.belay.api.Reason;
import io.belay.api.RunStoppedException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** That the current thread is inside the entry of a run: what it worked for before comes back. */
final class Frame extends Work implements Ticket {
  /** Causes may be circular. */
  private static final int DEEPEST_CAUSE = 16;

  private final @Nullable Run outerRun;
  private final @Nullable InFlight outerCall;
  private final @Nullable Work outerWork;
  private final @Nullable Shield outerShield;

  private Frame(Run run, Slot slot) {
    super(run);
    outerRun = slot.run;
    outerCall = slot.call();
    outerWork = slot.work;
    outerShield = slot.shield;
  }

  /**
   * Begins a run on the current thread.
   *
   * @throws RunStoppedException when it was stopped before it could start
   */
  static Frame open(Runs runs, String id, String name, String origin, Limits limits) {
    Slot slot = Carrier.slot();
    Run parent = runs.gatekeeper().current(slot);
    return open(slot, runs.begin(parent, id, name, origin, limits));
  }

  /** The same below {@code parent}, whatever the thread works for. */
  static Frame open(Run parent, String name, String origin) {
    Run run = parent.runs.begin(parent, "", name, origin, Limits.NONE);
    return open(Carrier.slot(), run);
  }

  private static Frame open(Slot slot, Run run) {
    Frame frame = new Frame(run, slot);
    frame.join();
    try {
      run.runs.gatekeeper().check(run, "run " + run.id());
    } catch (Throwable born) {
      frame.leave();
      run.leave(Verdict.End.FAILED);
      throw born;
    }
    frame.begin(slot);
    slot.run = run;
    slot.callIs(null);
    slot.work = frame;
    return frame; // A shield stays: everything called inside passes.
  }

  @Override
  public @Nullable Object exit(@Nullable Object result, @Nullable Throwable thrown) {
    Object returned = thrown == null ? Publishers.returned(run, result) : result;
    Slot slot = Carrier.slot();
    Taken.leave(slot, this);
    slot.run = outerRun;
    slot.callIs(outerCall);
    slot.work = outerWork;
    slot.shield = outerShield;
    slot.forget();
    doneBy(slot);
    if (thrown == null && result instanceof CompletionStage<?> later) {
      // A stop need not wait for what the application may never complete.
      run.returned();
      await(slot, later);
    } else {
      close(run, thrown);
    }
    return returned;
  }

  private void await(Slot slot, CompletionStage<?> later) {
    Run before = slot.run;
    slot.run = null; // This continuation is ours, not the caller's run's.
    try {
      later.whenComplete((value, failure) -> close(run, failure));
    } catch (Throwable fault) {
      run.runs.gatekeeper().fault("waiting for the result of run " + run.id(), fault);
      close(run, null);
    } finally {
      slot.run = before;
    }
  }

  /** Its entry has come to its end. */
  static void close(Run run, @Nullable Throwable thrown) {
    takenAlong(run, thrown);
    run.leave(thrown == null ? Verdict.End.COMPLETED : Verdict.End.FAILED);
  }

  /**
   * A run below was stopped, or a limit refused a call, and {@code thrown} comes of that: {@code
   * run} ends with it, which is not a failure.
   */
  static void takenAlong(Run run, @Nullable Throwable thrown) {
    RunStoppedException stopped = thrown == null ? null : stopInside(run, thrown);
    if (stopped == null || Verdict.isDecided(run.verdict)) {
      return;
    }
    Refused spent = stopped instanceof BudgetExceededException over ? Refused.of(over) : null;
    if (spent != null) {
      String id = stopped.runId();
      String limit = id.equals(run.id()) ? spent.why() : spent.why() + ", in run " + id;
      run.runs.stop(run, Reason.BUDGET, "budget", limit, false, spent.denied());
      Refusals.counted(run, spent.kind());
    } else {
      run.runs.stop(run, stopped.reason(), "run " + stopped.runId(), "", false);
    }
  }

  /** The refusal of {@code run} or of one below that {@code thrown} is about, or {@code null}. */
  static @Nullable RunStoppedException stopInside(Run run, Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof RunStoppedException stopped) {
        return isBelow(run, run.runs.find(stopped.runId())) ? stopped : null;
      }
      cause = cause.getCause();
    }
    return null;
  }

  private static boolean isBelow(Run run, @Nullable Run other) {
    Run at = other;
    while (at != null && at != run) {
      at = at.above();
    }
    return at != null;
  }
}
