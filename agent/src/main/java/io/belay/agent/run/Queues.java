package io.belay.agent.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** The pools in whose queues tasks of a run may wait: a stop frees their places. Any thread. */
final class Queues {
  private List<ThreadPoolExecutor> pools = List.of(); // Guarded by this.

  /** The pool seen last, so that the usual case takes no lock. A stale value costs a look. */
  private volatile @Nullable ThreadPoolExecutor last;

  void add(ThreadPoolExecutor pool) {
    if (last != pool) {
      synchronized (this) {
        if (!pools.contains(pool)) {
          List<ThreadPoolExecutor> more = new ArrayList<>(pools);
          more.add(pool);
          pools = more;
        }
        last = pool;
      }
    }
  }

  synchronized List<ThreadPoolExecutor> all() {
    return List.copyOf(pools);
  }

  /** Without a lock where there was never one, as in most runs. */
  void clear() {
    if (last != null) {
      synchronized (this) {
        pools = List.of();
        last = null;
      }
    }
  }
}
