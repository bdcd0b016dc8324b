package io.belay.agent.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The last runs that ended. Those of requests that called neither a model nor a tool are remembered
 * apart: a server answers thousands of them for each run of an agent, which must not be forgotten
 * over them. Without a lock, which all threads of a busy server would meet at.
 */
final class EndedRuns {
  private final Map<String, Run> byId = new ConcurrentHashMap<>();
  private final int keep;
  private final Sort atWork = new Sort();
  private final Sort ordinary = new Sort();

  /** The last of one sort. */
  private final class Sort {
    private final Queue<Run> runs = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    void add(Run run) {
      runs.add(run);
      if (count.incrementAndGet() > keep) {
        count.decrementAndGet();
        Run oldest = runs.remove(); // Whoever counted has added one before.
        byId.remove(oldest.id(), oldest);
      }
    }
  }

  /**
   * None yet.
   *
   * @param keep how many of either sort are remembered
   */
  EndedRuns(int keep) {
    this.keep = keep;
  }

  void remember(Run run) {
    byId.put(run.id(), run);
    (isOrdinary(run) ? ordinary : atWork).add(run);
  }

  private static boolean isOrdinary(Run run) {
    return run.request != null && run.stopped() == null && run.meter.isEmpty();
  }

  @Nullable Run find(String id) {
    return byId.get(id);
  }

  /** All that are remembered, the oldest of each sort first. */
  Collection<Run> all() {
    List<Run> all = new ArrayList<>(ordinary.runs);
    all.addAll(atWork.runs);
    return all;
  }
}
