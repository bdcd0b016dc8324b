package io.belay.agent.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** The thread pools in whose queues tasks of a run may wait: a stop frees their places there. */
final class Pools {
  private final List<ThreadPoolExecutor> seen = new ArrayList<>(0); // Guarded by this.

  /** Nearly always the one of next time too. */
  private volatile @Nullable ThreadPoolExecutor last;

  void add(ThreadPoolExecutor pool) {
    if (last != pool) {
      remember(pool);
    }
  }

  private synchronized void remember(ThreadPoolExecutor pool) {
    if (!seen.contains(pool)) {
      seen.add(pool);
    }
    last = pool;
  }

  synchronized List<ThreadPoolExecutor> all() {
    return List.copyOf(seen);
  }

  synchronized void forget() {
    seen.clear();
    last = null;
  }
}
