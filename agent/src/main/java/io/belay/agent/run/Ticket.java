package io.belay.agent.run;

/** What enter hands to exit through woven code. */
interface Ticket {
  /**
   * The woven method has returned or thrown.
   *
   * @return the result for its caller
   */
  Object exit(Object result, Throwable thrown);
}
