package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/** What enter hands to exit through woven code. */
interface Ticket {
  /**
   * The woven method has returned or thrown.
   *
   * @return the result for its caller
   */
  @Nullable Object exit(@Nullable Object result, @Nullable Throwable thrown);
}
