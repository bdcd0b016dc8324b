package io.belay.agent.run;

import io.belay.agent.rule.Limit;
import io.belay.agent.run.Reservation.Need;
import org.jspecify.annotations.Nullable;

/** What a budget and those above it have room for. All of it under their lock. */
final class Room {
  private Room() {}

  /** The first limit of the chain without room for what is needed besides output. */
  static @Nullable Denied lacking(Budget chain, Need need) {
    Denied denied = null;
    for (Budget budget = chain; budget != null && denied == null; budget = budget.above) {
      denied = lacks(budget, need, need.cost(0));
    }
    return denied;
  }

  /** How much output the chain has room for, and the limit that has the least. */
  static Budget.Grant of(Budget chain, Need need) {
    long inputPico = need.cost(0);
    long least = Budget.UNLIMITED;
    Denied tightest = null;
    for (Budget budget = chain; budget != null; budget = budget.above) {
      for (Limit limit : Budget.ON_OUTPUT) {
        long here = output(budget, limit, need, inputPico);
        if (here < least) {
          least = here;
          tightest = budget.denied(limit);
        }
      }
    }
    return new Budget.Grant(least, tightest != null, tightest);
  }

  /** The limit that has no room for what the call needs besides its output, or {@code null}. */
  private static @Nullable Denied lacks(Budget budget, Need need, long inputPico) {
    if (budget.left(Limit.LLM_CALLS) < need.llmCalls()) {
      return budget.denied(Limit.LLM_CALLS);
    }
    if (budget.left(Limit.TOOL_CALLS) < need.toolCalls()) {
      return budget.denied(Limit.TOOL_CALLS);
    }
    if (budget.left(Limit.INPUT_TOKENS) < need.input()) {
      return budget.denied(Limit.INPUT_TOKENS);
    }
    if (budget.left(Limit.TOTAL_TOKENS) < need.input()) {
      return budget.denied(Limit.TOTAL_TOKENS);
    }
    return budget.left(Limit.COST_USD) < inputPico ? budget.denied(Limit.COST_USD) : null;
  }

  /**
   * How much output a limit leaves room for; {@link Budget#UNLIMITED} when it does not bear on it.
   */
  private static long output(Budget budget, Limit limit, Need need, long inputPico) {
    long left = budget.left(limit);
    if (left == Budget.UNLIMITED || need.output() == 0) {
      return Budget.UNLIMITED;
    }
    return switch (limit) {
      case OUTPUT_TOKENS -> left;
      case TOTAL_TOKENS -> Math.max(0, left - need.input());
      case COST_USD ->
          need.picoPerOutput() == 0
              ? Budget.UNLIMITED
              : Math.max(0, Math.min(left, Reservation.DEAREST) - inputPico) / need.picoPerOutput();
      default -> Budget.UNLIMITED;
    };
  }
}
