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
   * The same of a step of a call, which may only open the way. To look at what it would send may
   * make it one of those: its client holds the request back until its body is there.
   */
  default Kind kindOfStep(Exchange exchange, Kind declared) {
    if (!exchange.sends()) {
      return declared;
    }
    Kind read = kindOf(exchange, declared);
    return exchange.sends() ? read : declared;
  }

  /**
   * Reserves what {@code call} may use, and clamps its request to it.
   *
   * @throws io.belay.api.BudgetExceededException when a limit does not allow it
   */
  default void reserve(InFlight call) {}
}
