package io.belay.agent.run;

import io.belay.api.Reason;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/** One stop under way, moved on step by step. Confined to the stopper's thread. */
final class Advance {
  static final long PATIENCE = 1_000_000_000;
  private static final long WAKE_AGAIN = 50_000_000;
  private static final long WAKE_AT_MOST_EVERY = 1_000_000_000;

  /** What is told of a call that was ended or refused has so long to reach who waits for it. */
  static final long TELLING = 100_000_000;

  private static final long ABORT_AGAIN = 1_000_000_000;
  private static final long ABORT_AT_MOST_EVERY = 10_000_000_000L;

  /** A cancel takes one item of a batch, and some databases go on with the next. */
  private static final long CANCEL_AGAIN = 50_000_000;

  private static final long CANCEL_AT_MOST_EVERY = 200_000_000;

  /**
   * How long a statement is given to arrive. A cancel that overtakes it finds nothing to cancel on
   * the server, and drivers such as PostgreSQL's send no second one.
   */
  private static final long ARRIVAL = 250_000_000;

  private final Runs runs;
  private final Stopping stopping;
  private final Stopper stopper;
  private final Map<Work, Again> wakes = new HashMap<>();
  private final Map<InFlight, Again> aborts = new HashMap<>();
  private final Set<ThreadPoolExecutor> cleared =
      Collections.newSetFromMap(new IdentityHashMap<>());

  /** When an asynchronous call of a run, or of one below it, was last seen that may yet end. */
  private final Map<Run, Long> awaited = new HashMap<>();

  /** What is being freed by threads that call out. */
  private final AtomicInteger freeing = new AtomicInteger();

  /** Whether asynchronous calls are ended, and when one was last seen that is not over. */
  private boolean ends;

  private long ending;

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
        List<InFlight> calls = run.inFlight.snapshot();
        noteAwaited(run, calls, now);
        abortWhatIsDue(calls, now);
        moveWork(run, run.work.snapshot(), now);
        clearQueues(run);
      } else {
        observeWhatIsDue(run.inFlight.snapshot(), now);
      }
      if (run.quiet() && !isFreeing(now)) {
        run.over();
        Run above = run.above();
        if (above != null) {
          above.lessToDo();
        }
      } else {
        quiet = false;
      }
    }
    if (!quiet || !stopping.close(now, members.size())) {
      return false;
    }
    Stop stop = stopping.run().stopped();
    if (stop != null && stop.report() == stopping && stop.reason() != Reason.PARENT) {
      runs.journal().stopped(stopping.report());
    }
    return true;
  }

  /**
   * Has calls ended whose grace is over; again and again, ever less often, while they go on: an
   * abort may come before the library has anything to abort.
   */
  private void abortWhatIsDue(List<InFlight> calls, long now) {
    for (InFlight call : calls) {
      if (!call.isOver() && isOverdue(call, now)) {
        if (call.isAsync()) {
          ends = true;
          ending = now;
        }
        boolean statement = call.kind == Kind.SQL;
        Again again =
            aborts.computeIfAbsent(
                call, first -> new Again(now, statement ? CANCEL_AGAIN : ABORT_AGAIN));
        if (again.isDue(now)) {
          again.done(now, statement ? CANCEL_AT_MOST_EVERY : ABORT_AT_MOST_EVERY);
          stopper.callOut("an abort", () -> end(call));
        }
      }
    }
  }

  /** Counts the calls that would be ended now, each once. */
  private void observeWhatIsDue(List<InFlight> calls, long now) {
    for (InFlight call : calls) {
      if (!call.isOver()
          && isOverdue(call, now)
          && aborts.putIfAbsent(call, new Again(now, ABORT_AGAIN)) == null) {
        runs.observed().ended(call.kind);
      }
    }
  }

  private boolean isOverdue(InFlight call, long now) {
    if (call.isProtected(stopping.stopNanos(), now)) {
      return false;
    }
    if (call.kind == Kind.SQL && now - call.beganNanos < ARRIVAL) {
      return false;
    }
    long grace = runs.policy.graceOf(call);
    return grace != Policy.FOREVER && (stopping.isForced() || now - stopping.stopNanos() >= grace);
  }

  /**
   * A rule can allow a call that had begun as well as one that has not. Off the stopper's thread.
   */
  private void end(InFlight call) {
    if (!call.allowed && runs.gatekeeper().isAllowed(call)) {
      call.allow(stopping.stopNanos() + runs.policy.shieldTimeout());
    } else {
      call.abortAgain();
    }
  }

  /** Somebody outside may wait for such a call: who is woken gives up what has its grace. */
  private void noteAwaited(Run run, List<InFlight> calls, long now) {
    for (InFlight call : calls) {
      if (call.isAsync() && !call.isOver() && mayYetEnd(call, now)) {
        for (Run waits = run; waits != null; waits = waits.above()) {
          awaited.put(waits, now);
        }
        return;
      }
    }
  }

  private boolean mayYetEnd(InFlight call, long now) {
    return !stopping.isForced()
        && !call.isAborted()
        && call.site.isAwaited(call)
        && (call.isProtected(stopping.stopNanos(), now)
            || now - stopping.stopNanos() < runs.policy.patienceFor(call));
  }

  private void moveWork(Run run, List<Work> pieces, long now) {
    for (Work piece : pieces) {
      Slot worker = piece.slot();
      if (worker == null) {
        if (piece.mustFinish()) {
          // A library's own: done when its turn comes, or given up in silence, and waited for
          // little.
          if (piece.isForsaken() || now - stopping.stopNanos() >= PATIENCE) {
            piece.leave();
          }
        } else if (piece.isQueueable() && piece.leave()) {
          if (piece.tellsOfStop()) {
            ends = true;
            ending = now + TELLING; // It gives its source time, too.
          }
          free("cancelling queued work", piece::discard);
        }
      } else if (worker.thread.getState() == Thread.State.TERMINATED) {
        piece.leave(); // It died without coming by its end.
      } else if (runs.policy.wake() && (mayWake(run, worker, now) || worker.call() != null)) {
        // A client's pause inside its call is what the end of that call waits for.
        wake(piece, worker, now);
      }
    }
  }

  /**
   * Whoever waits for an asynchronous call is to hear why it was ended or refused, and not that he
   * was woken; and, where it has a grace, how it ended by itself.
   */
  private boolean mayWake(Run run, Slot worker, long now) {
    Long seen = awaited.get(run);
    if (seen != null && !stopping.isForced() && now - seen < TELLING && !Waiting.isAsleep(worker)) {
      return false;
    }
    long since = seen == null ? stopping.stopNanos() : seen;
    boolean tells = (ends && now - ending < TELLING) || stopping.isTelling(now);
    return !tells || now - since >= PATIENCE;
  }

  /** An application that goes back to waiting is woken again, less and less often. */
  private void wake(Work piece, Slot worker, long now) {
    Again again = wakes.get(piece);
    if ((again == null || again.isDue(now))
        && Waiting.isIdle(worker, stopping.stopNanos(), now)
        && piece.wake()) {
      again = again == null ? new Again(now, WAKE_AGAIN) : again;
      again.done(now, WAKE_AT_MOST_EVERY);
      wakes.put(piece, again);
    }
  }

  /** The places that tasks of the run hold in queues are free at once. */
  private void clearQueues(Run run) {
    for (ThreadPoolExecutor pool : run.queues.all()) {
      if (cleared.add(pool)) {
        free("clearing a queue", () -> Queued.clear(pool));
      }
    }
  }

  /**
   * Frees what work that never starts holds. Whoever reads that the run is stopped finds it free:
   * that is said afterwards, unless somebody's code takes its time.
   */
  private void free(String what, Runnable call) {
    freeing.incrementAndGet();
    stopper.callOut(
        what,
        () -> {
          try {
            call.run();
          } finally {
            freeing.decrementAndGet();
            stopper.nudge();
          }
        });
  }

  private boolean isFreeing(long now) {
    return freeing.get() > 0 && now - stopping.stopNanos() < PATIENCE;
  }

  /** Something that is tried again, at growing intervals. */
  private static final class Again {
    private long next;
    private long interval;

    Again(long now, long interval) {
      this.next = now;
      this.interval = interval;
    }

    boolean isDue(long now) {
      return now - next >= 0;
    }

    void done(long now, long longest) {
      next = now + interval;
      interval = Math.min(2 * interval, longest);
    }
  }
}
