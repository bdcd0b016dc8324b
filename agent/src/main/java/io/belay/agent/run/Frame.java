package io.belay.agent.run;

import io.belay.api.RunStoppedException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** That the current thread is inside the entry of a run: what it worked for before comes back. */
final class Frame extends Work implements Ticket {
  private final @Nullable Run outerRun;
  private final @Nullable InFlight outerCall;
  private final @Nullable Work outerWork;
  private final @Nullable Shield outerShield;

  private Frame(Run run, Slot slot) {
    super(run);
    outerRun = slot.run;
    outerCall = slot.call;
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
    Run run = runs.begin(runs.gatekeeper().current(slot), id, name, origin, limits);
    Frame frame = new Frame(run, slot);
    frame.join();
    try {
      runs.gatekeeper().check(run, "run " + run.id());
    } catch (RunStoppedException born) {
      frame.leave();
      throw born;
    }
    frame.begin(slot);
    slot.run = run;
    slot.call = null;
    slot.work = frame;
    slot.shield = null;
    return frame;
  }

  @Override
  public @Nullable Object exit(@Nullable Object result, @Nullable Throwable thrown) {
    Slot slot = Carrier.slot();
    slot.run = outerRun;
    slot.call = outerCall;
    slot.work = outerWork;
    slot.shield = outerShield;
    finish();
    if (thrown == null && result instanceof CompletionStage<?> later) {
      Run before = slot.run;
      slot.run = null; // This continuation is ours, not the caller's run's.
      later.whenComplete((value, failure) -> close(failure));
      slot.run = before;
    } else {
      close(thrown);
    }
    return result;
  }

  private void close(@Nullable Throwable thrown) {
    Throwable root = thrown;
    while (root != null && !(root instanceof RunStoppedException) && root.getCause() != root) {
      root = root.getCause();
    }
    if (root instanceof RunStoppedException stopped && run.verdict == null) {
      // A run below was stopped and took this one along: that is not a failure.
      run.runs.stop(run, stopped.reason(), "run " + stopped.runId(), "", false);
    }
    leave();
    run.leave(thrown == null ? Verdict.End.COMPLETED : Verdict.End.FAILED);
  }
}
