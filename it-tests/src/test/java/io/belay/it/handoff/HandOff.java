package io.belay.it.handoff;

import java.util.concurrent.Future;

/** A way in which work changes hands. Made anew for every cell, and closed after it. */
interface HandOff extends AutoCloseable {
  /**
   * Has {@code body} done by somebody else, some time.
   *
   * @return the future that stands for it, or {@code null}
   */
  Future<?> hand(Runnable body) throws Exception;

  /** Whether a body waits in a queue while another is being done: there is one worker. */
  default boolean queues() {
    return false;
  }

  /** Whether an exception of a body ends up with somebody, and not with the thread's handler. */
  default boolean catches() {
    return true;
  }

  /** Whether the run waits for the body before that has begun. */
  default boolean holds() {
    return true;
  }

  @Override
  default void close() throws Exception {}
}
