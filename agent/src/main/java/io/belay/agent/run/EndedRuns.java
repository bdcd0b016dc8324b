package io.belay.agent.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last runs that ended. Those of requests that called neither a model nor a tool are remembered
 * apart: a server answers thousands of them for each run of an agent, which must not be forgotten
 * over them.
 */
final class EndedRuns {
  private final int keep;
  private final Map<String, Run> byId = new HashMap<>(); // Guarded by this.
  private final Deque<Run> atWork = new ArrayDeque<>(); // Guarded by this.
  private final Deque<Run> ordinary = new ArrayDeque<>(); // Guarded by this.

  /**
   * None yet.
   *
   * @param keep how many of either sort are remembered
   */
  EndedRuns(int keep) {
    this.keep = keep;
  }

  synchronized void remember(Run run) {
    Deque<Run> sort = isOrdinary(run) ? ordinary : atWork;
    byId.put(run.id(), run);
    sort.addLast(run);
    while (sort.size() > keep) {
      Run oldest = sort.removeFirst();
      byId.remove(oldest.id(), oldest);
    }
  }

  private static boolean isOrdinary(Run run) {
    return run.request != null && run.stopped() == null && run.meter.isEmpty();
  }

  synchronized @Nullable Run find(String id) {
    return byId.get(id);
  }

  /** All that are remembered, the oldest of each sort first. */
  synchronized Collection<Run> all() {
    List<Run> all = new ArrayList<>(ordinary);
    all.addAll(atWork);
    return all;
  }
}
