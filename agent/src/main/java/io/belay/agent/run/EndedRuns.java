package io.belay.agent.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last runs that ended. Those of requests that called neither a model nor a tool are remembered
 * apart: a server answers thousands of them for each run of an agent, which must not be forgotten
 * over them. Without a lock, which all threads of a busy server would meet at.
 */
final class EndedRuns {
  private final AtWork atWork;
  private final Ordinary ordinary;

  /**
   * None yet.
   *
   * @param keep how many of either sort are remembered
   */
  EndedRuns(int keep) {
    atWork = new AtWork(keep);
    ordinary = new Ordinary(keep);
  }

  /** The last of one sort, by their ids. */
  private static final class AtWork {
    private final int keep;
    private final Map<String, Run> byId = new ConcurrentHashMap<>();
    private final Queue<Run> runs = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    AtWork(int keep) {
      this.keep = keep;
    }

    void add(Run run) {
      byId.put(run.id(), run);
      runs.add(run);
      if (count.incrementAndGet() > keep) {
        count.decrementAndGet();
        Run oldest = runs.remove(); // Whoever counted has added one before.
        byId.remove(oldest.id(), oldest);
      }
    }
  }

  /**
   * The last of the other. Thousands a second come and hardly one is asked for, so it costs next to
   * nothing to add one, which does not even look at the one that it takes the place of.
   */
  private static final class Ordinary {
    private final AtomicReferenceArray<@Nullable Run> runs;
    private final AtomicLong count = new AtomicLong();

    Ordinary(int keep) {
      runs = new AtomicReferenceArray<>(keep);
    }

    void add(Run run) {
      if (runs.length() != 0) {
        runs.setRelease((int) (count.getAndIncrement() % runs.length()), run);
      }
    }

    /** The last of that id. */
    @Nullable Run find(String id) {
      Run found = null;
      for (Run run : all()) {
        found = run.id().equals(id) ? run : found;
      }
      return found;
    }

    List<Run> all() {
      List<Run> all = new ArrayList<>();
      long oldest = count.get();
      for (int i = 0; i < runs.length(); i++) {
        Run run = runs.get((int) ((oldest + i) % runs.length()));
        if (run != null) {
          all.add(run);
        }
      }
      return all;
    }
  }

  void remember(Run run) {
    if (isOrdinary(run)) {
      ordinary.add(run);
    } else {
      atWork.add(run);
    }
  }

  private static boolean isOrdinary(Run run) {
    return run.request != null && run.stopped() == null && run.meter.isEmpty();
  }

  /** The last of that id, of either sort. */
  @Nullable Run find(String id) {
    Run agent = atWork.byId.get(id);
    Run other = ordinary.find(id);
    boolean later =
        agent == null || other != null && other.startedNanos() - agent.startedNanos() > 0;
    return later ? other : agent;
  }

  /** All that are remembered, the oldest of each sort first. */
  Collection<Run> all() {
    List<Run> all = ordinary.all();
    all.addAll(atWork.runs);
    return all;
  }
}
