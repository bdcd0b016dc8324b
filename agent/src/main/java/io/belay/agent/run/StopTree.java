package io.belay.agent.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One walk over a subtree whose top is stopped: raises every flag first and looks for what had
 * begun then. The order is the guarantee; see CONCURRENCY.md.
 *
 * <p>It goes through runs that were stopped before, too. Whoever stopped those may still be on the
 * way down, and this stop must not be acknowledged while anything of its subtree can begin.
 */
final class StopTree {
  /** How long subscribers may keep a stop from being acknowledged. */
  private static final long PATIENCE_MILLIS = 1_000;

  /** All stopped runs of the subtree, each behind its parent. */
  private final List<Run> runs = new ArrayList<>();

  /** Those that this walk has stopped. */
  private final Set<Run> ours = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Raises the flags.
   *
   * @param top a run that is stopped
   * @param decidedHere whether the caller was the one who stopped it
   */
  StopTree(Run top, boolean decidedHere) {
    runs.add(top);
    if (decidedHere) {
      ours.add(top);
    }
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      Stop below = Objects.requireNonNull(run.stopped()).forChild();
      for (Run child : run.children.snapshot()) {
        if (child.decide(below)) {
          ours.add(child);
        }
        if (child.stopped() != null) {
          runs.add(child);
        }
      }
    }
  }

  /**
   * Notes what had begun, in the account of each run's own stop and in {@code account}.
   *
   * @param account what the whole subtree is to be accounted for in; {@code null} when its top's
   *     own account does
   */
  void collect(@Nullable Stopping account) {
    for (Run run : runs) {
      List<InFlight> calls = run.inFlight.snapshot();
      Stopping own = Objects.requireNonNull(run.stopped()).report();
      if (ours.contains(run)) {
        own.take(run, calls);
      }
      if (account != null && account != own) {
        account.take(run, calls);
        own.countIn(account);
      }
    }
  }

  /**
   * Tells the subscribers of the runs that this walk has stopped. Calls the application, on a
   * thread of its own: the stop is acknowledged when they have returned, or after so long without
   * them.
   */
  void tell() {
    List<Runnable> calls = new ArrayList<>();
    for (Run run : runs) {
      Stop stop = run.stopped();
      if (stop != null && ours.contains(run)) {
        Runnable call = run.telling(stop);
        if (call != null) {
          calls.add(call);
        }
        run.runs.changed(run);
      }
    }
    if (!calls.isEmpty()) {
      Thread telling = Threads.start(() -> calls.forEach(Runnable::run), "belay-subscribers");
      try {
        telling.join(PATIENCE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
