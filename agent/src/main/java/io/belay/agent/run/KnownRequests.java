package io.belay.agent.run;

import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Requests that a later step of the server may be about, by the server's own object. Event loops
 * come by here a few times for each request, so they do not all meet at one lock.
 */
final class KnownRequests {
  private static final int PARTS = 16; // A power of two.

  /** Each guarded by itself. */
  private final IdentityHashMap<Object, Served>[] parts = parts();

  @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
  private static IdentityHashMap<Object, Served>[] parts() {
    IdentityHashMap<Object, Served>[] parts = new IdentityHashMap[PARTS];
    for (int i = 0; i < PARTS; i++) {
      parts[i] = new IdentityHashMap<>();
    }
    return parts;
  }

  private IdentityHashMap<Object, Served> part(Object key) {
    int hash = System.identityHashCode(key);
    return parts[(hash ^ hash >>> 16) & (PARTS - 1)];
  }

  void add(Served served) {
    Object key = served.inbound().key();
    IdentityHashMap<Object, Served> part = part(key);
    synchronized (part) {
      served.known = true;
      part.put(key, served);
    }
  }

  /** The request of that key; {@code null} when none is known, or there is no key. */
  @Nullable Served find(@Nullable Object key) {
    if (key == null) {
      return null;
    }
    IdentityHashMap<Object, Served> part = part(key);
    synchronized (part) {
      return part.get(key);
    }
  }

  /**
   * Without a lock where it is not known: whoever adds it now sees that it is over, and is next.
   */
  void remove(Served served) {
    if (served.known) {
      Object key = served.inbound().key();
      IdentityHashMap<Object, Served> part = part(key);
      synchronized (part) {
        part.remove(key, served);
        served.known = false;
      }
    }
  }
}
