package io.belay.agent.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** The pools in whose queues tasks of a run may wait: a stop frees their places. Any thread. */
final class Queues {
  private final List<ThreadPoolExecutor> pools = new ArrayList<>(0); // Guarded by itself.

  /** The pool seen last, so that the usual case takes no lock. A stale value costs a look. */
  private volatile @Nullable ThreadPoolExecutor last;

  void add(ThreadPoolExecutor pool) {
    if (last != pool) {
      synchronized (pools) {
        if (!pools.contains(pool)) {
          pools.add(pool);
        }
        last = pool;
      }
    }
  }

  List<ThreadPoolExecutor> all() {
    synchronized (pools) {
      return List.copyOf(pools);
    }
  }

  void clear() {
    synchronized (pools) {
      pools.clear();
      last = null;
    }
  }
}
