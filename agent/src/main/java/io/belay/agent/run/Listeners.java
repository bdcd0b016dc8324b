package io.belay.agent.run;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose the listeners are of futures that know them by identity, and so cannot be given others in
 * their place. Neither a future nor a listener is kept alive by it.
 */
public final class Listeners {
  final WeakTable<List<Owned>> byFuture = new WeakTable<>();

  /** For one listener that was added once. */
  record Owned(WeakReference<Object> listener, Run run, @Nullable Shield shield) {}

  void add(Object future, Object listener, Run run, @Nullable Shield shield) {
    List<Owned> all = byFuture.computeIfAbsent(future, () -> new ArrayList<>(1));
    synchronized (all) {
      // Of a future that is never over, as that of a channel's end, nothing else would be removed.
      all.removeIf(other -> other.listener.refersTo(null));
      all.add(new Owned(new WeakReference<>(listener), run, shield));
    }
  }

  /** The same listener may have been added by several runs: the first comes first. */
  @Nullable Owned take(@Nullable Object future, @Nullable Object listener) {
    List<Owned> all = byFuture.get(future);
    if (all == null) {
      return null;
    }
    synchronized (all) {
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i).listener.refersTo(listener)) {
          return all.remove(i);
        }
      }
    }
    return null;
  }
}
