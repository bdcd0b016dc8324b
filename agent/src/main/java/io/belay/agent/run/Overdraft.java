package io.belay.agent.run;

import io.belay.agent.rule.Limit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Whether answers under way have come to a limit that was lowered, or set, after they were asked
 * for: what they had set aside is more than it allows now. Nobody asks as long as no limit changes.
 * And, where limits only warn, whether one was passed.
 */
final class Overdraft {
  private static final AtomicInteger CHANGES = new AtomicInteger();

  private Overdraft() {}

  /** A limit was changed, of whatever budget. */
  static void changed() {
    CHANGES.incrementAndGet();
  }

  /** How often that was, up to now. */
  static int changes() {
    return CHANGES.get();
  }

  /**
   * The first limit of the chain that is reached by what is booked and what has come since.
   *
   * @param own what has come of the call that asks; of a budget that is no run's it stands alone
   */
  static @Nullable Denied of(Budget chain, LlmMeter.Booked own) {
    for (Budget budget = chain; budget != null; budget = budget.above) {
      for (Limit limit : Budget.ON_OUTPUT) {
        long max = budget.max(limit);
        if (max == Budget.UNLIMITED) {
          continue;
        }
        Run owner = budget.owner;
        long coming = owner == null ? amount(limit, own) : coming(limit, owner);
        long used = budget.spent(limit) + coming;
        if (used >= max) {
          return new Denied(budget, limit, used, max);
        }
      }
    }
    return null;
  }

  /** Whether anything in the chain limits what an answer may come to. */
  static boolean mayBe(Budget chain) {
    for (Budget budget = chain; budget != null; budget = budget.above) {
      for (Limit limit : Budget.ON_OUTPUT) {
        if (budget.max(limit) != Budget.UNLIMITED) {
          return true;
        }
      }
    }
    return false;
  }

  /** A limit of the chain that was passed, where limits only warn; each is told of once. */
  static @Nullable Denied passed(Budget chain) {
    for (Budget budget = chain; budget != null; budget = budget.above) {
      for (Limit limit : Limit.values()) {
        long used = budget.spent(limit);
        if (used > budget.max(limit) && budget.notes(limit)) {
          return new Denied(budget, limit, used, budget.max(limit));
        }
      }
    }
    return null;
  }

  private static long coming(Limit limit, Run run) {
    long sum = 0;
    for (InFlight call : run.inFlight.snapshot()) {
      sum += amount(limit, call.llm.soFar());
    }
    for (Run child : run.children.snapshot()) {
      sum += coming(limit, child);
    }
    return sum;
  }

  private static long amount(Limit limit, LlmMeter.Booked used) {
    return switch (limit) {
      case OUTPUT_TOKENS -> used.output();
      case TOTAL_TOKENS -> used.input() + used.output();
      default -> used.picoUsd();
    };
  }
}
