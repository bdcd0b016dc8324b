package io.belay.agent.run;

import io.belay.boot.Exchange;

/** Recognises calls of language models and keeps their budgets. */
public interface Traffic {
  /** Reads nothing. */
  Traffic NONE = new Traffic() {};

  /** What kind of call {@code exchange} is, given what its site says. */
  default Kind kindOf(Exchange exchange, Kind declared) {
    return declared;
  }

  /**
   * Reserves what {@code call} may use, and clamps its request to it.
   *
   * @throws io.belay.api.BudgetExceededException when a limit does not allow it
   */
  default void reserve(InFlight call) {}
}
