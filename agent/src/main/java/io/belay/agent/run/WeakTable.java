package io.belay.agent.run;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is known of other people's objects, by identity, for as long as those live. */
final class WeakTable<V> {
  private final ConcurrentHashMap<Object, V> entries = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

  @Nullable V get(@Nullable Object key) {
    return key == null || entries.isEmpty() ? null : entries.get(new Probe(key));
  }

  void put(Object key, V value) {
    entries.put(new Key(key, swept()), value);
  }

  /** The queue of those that are gone, once their entries are, too. */
  private ReferenceQueue<Object> swept() {
    for (Reference<?> lost = gone.poll(); lost != null; lost = gone.poll()) {
      entries.remove(lost);
    }
    return gone;
  }

  V computeIfAbsent(Object key, Supplier<V> made) {
    V known = get(key);
    return known != null
        ? known
        : entries.computeIfAbsent(new Key(key, swept()), none -> made.get());
  }

  void remove(Object key) {
    if (!entries.isEmpty()) {
      entries.remove(new Probe(key));
    }
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object referent, ReferenceQueue<Object> queue) {
      super(referent, queue);
      hash = System.identityHashCode(referent);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      if (this == other) {
        return true;
      }
      Object mine = get();
      return mine != null && other instanceof Key key && key.get() == mine;
    }
  }

  /** Looks up without the cost of a weak reference. */
  private static final class Probe {
    private final Object sought;

    Probe(Object sought) {
      this.sought = sought;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(sought);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.get() == sought;
    }
  }
}
