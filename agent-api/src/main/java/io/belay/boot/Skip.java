package io.belay.boot;

/**
 * A ticket that keeps the woven method from running: its caller gets {@link #result} instead. Used
 * where an API delivers failure through a future or a callback and must not throw.
 */
public final class Skip {
  /** What the woven method returns; {@code null} for {@code void}. */
  public final Object result;

  /** A call that is answered without being made. */
  public Skip(Object result) {
    this.result = result;
  }
}
