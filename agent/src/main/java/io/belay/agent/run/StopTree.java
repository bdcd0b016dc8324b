package io.belay.agent.run;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
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

  /** Those that this walk has stopped, by their places in {@link #runs}. */
  private final BitSet ours = new BitSet();

  /**
   * Raises the flags.
   *
   * @param top a run that is stopped
   * @param decidedHere whether the caller was the one who stopped it
   */
  StopTree(Run top, boolean decidedHere) {
    runs.add(top);
    ours.set(0, decidedHere);
    if (top.above() == null) {
      Idle.begun(); // From now on nobody is at work for nobody.
    }
    List<Run> children = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      run.children.addTo(children);
      if (!children.isEmpty()) {
        Stop below = Objects.requireNonNull(run.stopped()).forChild();
        for (Run child : children) {
          boolean decided = child.decide(below);
          if (decided || child.stopped() != null) {
            ours.set(runs.size(), decided);
            runs.add(child);
          }
        }
        children.clear();
      }
    }
  }

  /**
   * Notes what had begun, in the account of each run's own stop and in {@code account}. Nearly all
   * runs of a tree have the same account, which is told of them together.
   *
   * @param account what the whole subtree is to be accounted for in; {@code null} when its top's
   *     own account does
   */
  void collect(@Nullable Stopping account) {
    Lanes.settle(runs);
    IdentityHashMap<Stopping, Found> found = new IdentityHashMap<>();
    List<InFlight> calls = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      run.inFlight.addTo(calls);
      Stopping own = Objects.requireNonNull(run.stopped()).report();
      if (ours.get(i)) {
        found.computeIfAbsent(own, first -> new Found()).add(run, calls);
      }
      if (account != null && account != own) {
        found.computeIfAbsent(account, first -> new Found()).add(run, calls);
        own.countIn(account);
      }
      calls.clear();
    }
    found.forEach((of, what) -> of.take(what.runs, what.calls));
  }

  /** What one account is told of. */
  private static final class Found {
    final List<Run> runs = new ArrayList<>();
    final List<InFlight> calls = new ArrayList<>();

    void add(Run run, List<InFlight> begun) {
      runs.add(run);
      calls.addAll(begun);
    }
  }

  /**
   * Tells the subscribers of the runs that this walk has stopped. Calls the application, on a
   * thread of its own: the stop is acknowledged when they have returned, or after so long without
   * them.
   */
  void tell() {
    List<Runnable> calls = new ArrayList<>();
    for (int i = ours.nextSetBit(0); i >= 0; i = ours.nextSetBit(i + 1)) {
      Run run = runs.get(i);
      Stop stop = run.stopped();
      if (stop != null) {
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
