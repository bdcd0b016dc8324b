package io.belay.agent.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

/** One stop under way, moved on step by step. Confined to the stopper's thread. */
final class Advance {
  private static final long WAKE_AGAIN = 50_000_000;
  private static final long WAKE_AT_MOST_EVERY = 1_000_000_000;

  private final Runs runs;
  private final Stopping stopping;
  private final Stopper stopper;
  private final Map<Work, long[]> wakes = new HashMap<>();
  private final Map<InFlight, Boolean> asked = new HashMap<>();

  Advance(Runs runs, Stopping stopping, Stopper stopper) {
    this.runs = runs;
    this.stopping = stopping;
    this.stopper = stopper;
  }

  /** Does what is due; answers whether all is quiet. */
  boolean step(long now) {
    boolean quiet = true;
    List<Run> members = stopping.members();
    // Children stand behind their parents: from the back, a whole tree ends in one step.
    for (int i = members.size() - 1; i >= 0; i--) {
      Run run = members.get(i);
      if (run.endedAt() != null) {
        continue;
      }
      if (runs.policy.enforce()) {
        abortWhatIsDue(run.inFlight.snapshot(), now);
        moveWork(run.work.snapshot(), now);
      }
      if (run.above() == null) {
        // The root's own threads are not known: it is quiet when nothing of it is in flight.
        quiet &= run.inFlight.isEmpty() && run.children.isEmpty();
      } else if (run.idle()) {
        run.over();
      } else {
        quiet = false;
      }
    }
    if (quiet) {
      Run top = stopping.run();
      if (top.above() == null && top.endedAt() == null) {
        top.over();
      }
      stopping.quiet(now);
      runs.journal().stopped(stopping.report());
    }
    return quiet;
  }

  private void abortWhatIsDue(List<InFlight> calls, long now) {
    for (InFlight call : calls) {
      if (asked.containsKey(call) || call.isOver()) {
        continue;
      }
      if (stopping.isForced() || now - stopping.stopNanos() >= graceOf(call)) {
        asked.put(call, true);
        stopper.callOut("an abort", call::abort);
      }
    }
  }

  private long graceOf(InFlight call) {
    return call.allowed ? runs.policy.shieldTimeout() : runs.policy.graceOf(call);
  }

  private void moveWork(List<Work> pieces, long now) {
    for (Work piece : pieces) {
      Slot worker = piece.slot;
      if (worker == null || !worker.thread.isAlive()) {
        drop(piece);
      } else if (runs.policy.wake() && due(piece, now) && Waiting.isIdle(worker)) {
        piece.wake();
      }
    }
  }

  /** Work that no thread is at: its future is cancelled; a dead thread's is over. */
  private void drop(Work piece) {
    Object owner = piece.owner;
    if (owner instanceof Thread thread) {
      if (!thread.isAlive() && thread.getState() != Thread.State.NEW) {
        piece.leave();
      }
    } else if (owner instanceof Future<?> future && !future.isDone()) {
      stopper.callOut("cancelling queued work", () -> future.cancel(false));
      piece.leave();
    } else if (piece.slot != null) {
      piece.leave();
    }
  }

  /** An application that goes back to waiting is woken again, less and less often. */
  private boolean due(Work piece, long now) {
    long[] next = wakes.get(piece);
    if (next == null) {
      wakes.put(piece, new long[] {now + WAKE_AGAIN, WAKE_AGAIN});
      return true;
    }
    if (now - next[0] < 0) {
      return false;
    }
    next[1] = Math.min(2 * next[1], WAKE_AT_MOST_EVERY);
    next[0] = now + next[1];
    return true;
  }
}
