package io.belay.agent.run;

import io.belay.agent.run.Reservation.Need;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What may be spent in one place (a run, the JVM, a caller), what is spent and what calls in flight
 * have set aside. Budgets form chains upwards; a reservation is made in the whole chain or not at
 * all, so for any interleaving spent + reserved never exceeds a limit in any of them.
 *
 * <p>Each has a lock; a chain is locked from the bottom up, which is one order for the whole tree.
 * Nothing is called while they are held.
 */
public final class Budget {
  private static final Limit[] LIMITS = Limit.values();
  private static final long UNLIMITED = Long.MAX_VALUE;

  private final String prefix;
  private @Nullable Run owner; // Set once, before the budget is shared.
  private final @Nullable Budget above;
  private final ReentrantLock lock = new ReentrantLock();
  private final long[] max = new long[LIMITS.length]; // Guarded by lock.
  private final long[] spent = new long[LIMITS.length]; // Guarded by lock.
  private final long[] reserved = new long[LIMITS.length]; // Guarded by lock.

  /** Whether any budget of the chain limits anything; once true it stays so. */
  private volatile boolean limited;

  /**
   * A budget.
   *
   * @param prefix what its limits' names begin with: empty, {@code jvm.} or {@code key.}
   * @param owner the run to stop when it is spent; {@code null} for the one that asked
   */
  Budget(String prefix, @Nullable Run owner, @Nullable Budget above, Limits limits) {
    this.prefix = prefix;
    this.owner = owner;
    this.above = above;
    Arrays.fill(max, UNLIMITED);
    limits.values().forEach((limit, value) -> max[limit.ordinal()] = value);
    limited = !limits.values().isEmpty();
  }

  /** Nobody limits anything. */
  static Budget unlimited() {
    return new Budget("", null, null, Limits.NONE);
  }

  /** Names the run that is stopped when it is spent. */
  void ownedBy(Run run) {
    owner = run;
  }

  /** That a limit does not allow a call. */
  record Denied(Budget budget, Limit limit, long used, long max) {
    String name() {
      return budget.prefix + limit.key();
    }

    @Nullable Run owner() {
      return budget.owner;
    }
  }

  /** Whether anything in the chain is limited: else there is nothing to clamp. */
  boolean isLimited() {
    for (Budget budget = this; budget != null; budget = budget.above) {
      if (budget.limited) {
        return true;
      }
    }
    return false;
  }

  /**
   * Sets aside what {@code need} says, its output as far as the chain has it.
   *
   * @param floor an output below which the call is not worth sending, unless it asks for less
   * @param parties among how many the room for output is shared; 1 for a request that says its
   *     output
   * @return the output that was set aside, as a {@link Long}, or why nothing was, as {@link Denied}
   */
  Object reserve(Need need, long floor, long parties) {
    lockAll();
    try {
      long output = need.output();
      @Nullable Denied tightest = null;
      for (Budget budget = this; budget != null; budget = budget.above) {
        Denied denied = budget.lacks(need);
        if (denied != null) {
          return denied;
        }
        for (Limit limit : LIMITS) {
          long room = budget.outputRoom(limit, need);
          if (room < output) {
            output = room;
            tightest = budget.denied(limit);
          }
        }
      }
      if (tightest != null && output < Math.min(floor, need.output())) {
        return tightest;
      }
      long granted =
          tightest == null ? output : Math.max(output / parties, Math.min(floor, output));
      for (Budget budget = this; budget != null; budget = budget.above) {
        book(budget.reserved, need, need.input(), granted, cost(need, granted), 1);
      }
      return granted;
    } finally {
      unlockAll();
    }
  }

  /** Gives back what was set aside and books what was really used. */
  void settle(Reservation reservation, long usedInput, long usedOutput, long usedPico) {
    Need need = reservation.need();
    lockAll();
    try {
      for (Budget budget = this; budget != null; budget = budget.above) {
        if (reservation.budget() != null) {
          budget.giveBack(reservation);
        }
        book(budget.spent, need, usedInput, usedOutput, usedPico, 1);
      }
    } finally {
      unlockAll();
    }
  }

  /** Gives back what was set aside for a call that was never sent. */
  void release(Reservation reservation) {
    lockAll();
    try {
      for (Budget budget = this; budget != null; budget = budget.above) {
        budget.giveBack(reservation);
      }
    } finally {
      unlockAll();
    }
  }

  private void giveBack(Reservation made) {
    Need need = made.need();
    book(reserved, need, need.input(), made.output(), cost(need, made.output()), -1);
  }

  /** The first limit of that name in the chain, as a reason to refuse; {@code null} for none. */
  @Nullable Denied limiting(Limit limit) {
    lockAll();
    try {
      for (Budget budget = this; budget != null; budget = budget.above) {
        if (budget.max[limit.ordinal()] != UNLIMITED) {
          return budget.denied(limit);
        }
      }
      return null;
    } finally {
      unlockAll();
    }
  }

  /** The limit that left no more output than was set aside. */
  Denied deniedOutput(Reservation made) {
    for (Limit limit : new Limit[] {Limit.OUTPUT_TOKENS, Limit.TOTAL_TOKENS, Limit.COST_USD}) {
      Denied denied = limiting(limit);
      if (denied != null) {
        return denied;
      }
    }
    return new Denied(this, Limit.OUTPUT_TOKENS, made.output(), made.output());
  }

  /** Changes limits of a live budget; a {@code null} value takes one away. */
  void change(Map<Limit, Long> limits) {
    lock.lock();
    try {
      limits.forEach((limit, value) -> max[limit.ordinal()] = value == null ? UNLIMITED : value);
      limited |= !limits.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** One limit, in its counted unit; the largest number there is when it is not set. */
  long max(Limit limit) {
    lock.lock();
    try {
      return max[limit.ordinal()];
    } finally {
      lock.unlock();
    }
  }

  /** What is limited here and how far it goes, by name. */
  Map<String, Number> limits() {
    return table((limit, index) -> max[index]);
  }

  /** Of each limit, what is set aside. */
  Map<String, Number> reserved() {
    return table((limit, index) -> reserved[index]);
  }

  /** Of each limit, what is left, never below nothing. */
  Map<String, Number> remaining(long elapsedNanos) {
    return table(
        (limit, index) -> {
          long used = limit == Limit.TIME ? elapsedNanos : spent[index] + reserved[index];
          return Math.max(0, max[index] - used);
        });
  }

  private interface Column {
    long of(Limit limit, int index);
  }

  private Map<String, Number> table(Column column) {
    Map<String, Number> rows = new LinkedHashMap<>();
    lock.lock();
    try {
      for (Limit limit : LIMITS) {
        int index = limit.ordinal();
        if (max[index] != UNLIMITED) {
          rows.put(limit.key(), limit.shown(column.of(limit, index)));
        }
      }
    } finally {
      lock.unlock();
    }
    return rows;
  }

  /** The limit that has no room for what the call needs besides its output, or {@code null}. */
  private @Nullable Denied lacks(Need need) {
    if (left(Limit.LLM_CALLS) < need.llmCalls()) {
      return denied(Limit.LLM_CALLS);
    }
    if (left(Limit.TOOL_CALLS) < need.toolCalls()) {
      return denied(Limit.TOOL_CALLS);
    }
    if (left(Limit.INPUT_TOKENS) < need.input()) {
      return denied(Limit.INPUT_TOKENS);
    }
    if (left(Limit.TOTAL_TOKENS) < need.input()) {
      return denied(Limit.TOTAL_TOKENS);
    }
    return left(Limit.COST_USD) < need.input() * need.picoPerInput()
        ? denied(Limit.COST_USD)
        : null;
  }

  private long outputRoom(Limit limit, Need need) {
    long left = left(limit);
    if (left == UNLIMITED) {
      return UNLIMITED;
    }
    return switch (limit) {
      case OUTPUT_TOKENS -> left;
      case TOTAL_TOKENS -> left - need.input();
      case COST_USD ->
          need.picoPerOutput() == 0
              ? UNLIMITED
              : (left - need.input() * need.picoPerInput()) / need.picoPerOutput();
      default -> UNLIMITED;
    };
  }

  private long left(Limit limit) {
    int index = limit.ordinal();
    return max[index] == UNLIMITED ? UNLIMITED : max[index] - spent[index] - reserved[index];
  }

  private Denied denied(Limit limit) {
    int index = limit.ordinal();
    return new Denied(this, limit, spent[index] + reserved[index], max[index]);
  }

  private static long cost(Need need, long output) {
    return need.input() * need.picoPerInput() + output * need.picoPerOutput();
  }

  private static void book(long[] to, Need need, long input, long output, long pico, int sign) {
    to[Limit.INPUT_TOKENS.ordinal()] += sign * input;
    to[Limit.OUTPUT_TOKENS.ordinal()] += sign * output;
    to[Limit.TOTAL_TOKENS.ordinal()] += sign * (input + output);
    to[Limit.COST_USD.ordinal()] += sign * pico;
    to[Limit.LLM_CALLS.ordinal()] += sign * need.llmCalls();
    to[Limit.TOOL_CALLS.ordinal()] += sign * need.toolCalls();
  }

  private void lockAll() {
    for (Budget budget = this; budget != null; budget = budget.above) {
      budget.lock.lock();
    }
  }

  private void unlockAll() {
    for (Budget budget = this; budget != null; budget = budget.above) {
      budget.lock.unlock();
    }
  }
}
