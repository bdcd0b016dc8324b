package io.belay.agent.run;

import io.belay.agent.rule.Limit;
import io.belay.api.BudgetExceededException;
import org.jspecify.annotations.Nullable;

/** That a limit does not allow a call, with what was used or set aside of it in counted units. */
record Denied(Budget budget, Limit limit, long used, long max) {
  /** As in the configuration, without {@code belay.budget.}. */
  String name() {
    return budget.prefix + limit.key();
  }

  /** The run to stop for it; {@code null} for the one that asked. */
  @Nullable Run owner() {
    return budget.owner;
  }

  /** What is thrown for it. */
  BudgetExceededException thrown(String runId, String what, String message, boolean stackless) {
    return new BudgetExceededException(
        runId,
        what,
        name(),
        limit.shown(used).doubleValue(),
        limit.shown(max).doubleValue(),
        message,
        stackless);
  }

  /**
   * For people.
   *
   * @param asks the run that asked; the limit may be of one above it
   * @param floor an output below which no call is sent
   */
  String told(Run asks, long floor) {
    long left = max - used;
    boolean few = limit == Limit.OUTPUT_TOKENS && left > 0 && left < floor;
    Run of = owner();
    return "limit "
        + name()
        + " of "
        + limit.text(max)
        + (of == null || of == asks || of.above() == null ? "" : " of run " + of.id())
        + (left > 0 ? " leaves too little: " : " reached: ")
        + limit.text(used)
        + " used or set aside"
        + (few ? ", and a call is worth sending from min-output-tokens=" + floor + " on" : "");
  }
}
