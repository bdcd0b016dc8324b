package io.belay.boot;

/**
 * Knows the publishers of one library. As an {@link Adapter} it is compiled against the library and
 * defined next to it; one instance serves all threads.
 */
public abstract class DeferredAdapter {
  /**
   * What the entry is to return in place of {@code result}: the same, and each subscription tells
   * {@code deferred}.
   */
  public abstract Object wrapped(Object result, Deferred deferred);
}
