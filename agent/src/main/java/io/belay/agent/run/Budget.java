package io.belay.agent.run;

import io.belay.agent.rule.Limit;
import io.belay.agent.rule.Limits;
import io.belay.agent.run.Reservation.Need;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What may be spent in one place (a run, the JVM, a caller), what is spent and what calls in flight
 * have set aside. Budgets form chains upwards; a reservation is made in the whole chain or not at
 * all, so for any interleaving spent + reserved never exceeds a limit in any of them, as long as
 * providers keep to the output they were asked for and inputs are not above their estimate.
 *
 * <p>All budgets below one top share its lock: every call changes the top anyway, and one lock has
 * no order to get wrong. Nothing is called while it is held. Every call sets aside what it may use,
 * limited or not, so that a limit which is set while it runs knows of it.
 */
final class Budget {
  private static final Limit[] LIMITS = Limit.values();
  static final Limit[] ON_OUTPUT = {Limit.OUTPUT_TOKENS, Limit.TOTAL_TOKENS, Limit.COST_USD};
  private static final int CALLS = Limit.LLM_CALLS.ordinal();
  static final long UNLIMITED = Long.MAX_VALUE;

  /** Used, or set aside, of a budget that nobody has asked; never written to. */
  private static final long[] NOTHING = new long[LIMITS.length];

  final String prefix;
  final @Nullable Budget above;
  private final ReentrantLock lock;
  @Nullable Run owner; // Set once, before the budget is shared.

  /** Replaced under the lock, and never written to, so that it can be read without. */
  private volatile long[] max;

  // All below is guarded by lock.
  private long[] spent = NOTHING;
  private long[] reserved = NOTHING;
  private Set<Limit> noted = Set.of();

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
    this.lock = above == null ? new ReentrantLock() : above.lock;
    this.max = limits.table();
  }

  /** Nobody limits anything. */
  static Budget unlimited() {
    return new Budget("", null, null, Limits.NONE);
  }

  /** Names the run that is stopped when it is spent. */
  void ownedBy(Run run) {
    owner = run;
  }

  /**
   * What became of a request for room.
   *
   * @param output the output that was set aside; -1 when nothing was
   * @param tight whether any limit of the chain bears on output
   * @param denied the limit with the least room; {@code null} when none bears on output
   */
  record Grant(long output, boolean tight, @Nullable Denied denied) {
    boolean refused() {
      return output < 0;
    }
  }

  /**
   * Sets aside what {@code need} says, its output as far as the chain has it.
   *
   * @param floor an output below which the call is not worth sending, unless it asks for less
   * @param parties among how many the room for output is shared; one for a request that says its
   *     output
   */
  Grant reserve(Need need, long floor, long parties) {
    return reserve(need, floor, Share.among(parties));
  }

  /** The same, shared in that way. */
  Grant reserve(Need need, long floor, Share parties) {
    lock.lock();
    try {
      Denied denied = Room.lacking(this, need);
      if (denied != null) {
        return new Grant(-1, true, denied);
      }
      Grant widest = Room.of(this, need);
      Denied tightest = widest.denied();
      long room = widest.output();
      long least = Math.max(1, Math.min(floor, need.output()));
      if (tightest != null && room < least) {
        return new Grant(-1, true, tightest);
      }
      long share =
          tightest == null
              ? room
              : Math.max(least, parties.of(room, tightest.budget().reserved[CALLS]));
      long granted = Math.min(need.output(), share);
      setAside(need, granted);
      return new Grant(granted, tightest != null, tightest);
    } finally {
      lock.unlock();
    }
  }

  /** Sets all of it aside, whether there is room or not: where limits only warn. */
  void reserveAnyway(Need need) {
    lock.lock();
    try {
      setAside(need, need.output());
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is the first time that this limit is told of, here and since it was changed. */
  boolean notes(Limit limit) {
    lock.lock();
    try {
      return used().noted.add(limit);
    } finally {
      lock.unlock();
    }
  }

  /** The limit of time here, if it is over; {@code null} when not. */
  @Nullable Denied late(long elapsedNanos) {
    long limit = max(Limit.TIME);
    return elapsedNanos < limit ? null : new Denied(this, Limit.TIME, elapsedNanos, limit);
  }

  /** One more call, of which nothing else is known; answers the limit that does not allow it. */
  @Nullable Denied again(Need need, boolean keeps) {
    lock.lock();
    try {
      for (Budget budget = this; keeps && budget != null; budget = budget.above) {
        if (budget.left(Limit.LLM_CALLS) < need.llmCalls()) {
          return budget.denied(Limit.LLM_CALLS);
        }
      }
      for (Budget budget = this; budget != null; budget = budget.above) {
        budget.used().spent[Limit.LLM_CALLS.ordinal()] += need.llmCalls();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void setAside(Need need, long granted) {
    long pico = need.cost(granted);
    for (Budget budget = this; budget != null; budget = budget.above) {
      need.book(budget.used().reserved, need.input(), granted, pico, 1);
    }
  }

  private void giveBack(Reservation made) {
    Need need = made.need();
    long pico = need.cost(made.output());
    for (Budget budget = this; budget != null; budget = budget.above) {
      need.book(budget.used().reserved, need.input(), made.output(), pico, -1);
    }
  }

  /** Gives back what was set aside and books what was really used. */
  void settle(Reservation made, long usedInput, long usedOutput, long usedPico) {
    lock.lock();
    try {
      giveBack(made);
      for (Budget budget = this; budget != null; budget = budget.above) {
        made.need().book(budget.used().spent, usedInput, usedOutput, usedPico, 1);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sets {@code now} aside in place of {@code before}: the call needs no more than that. */
  void narrow(Reservation before, Reservation now) {
    lock.lock();
    try {
      giveBack(before);
      setAside(now.need(), now.output());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sets {@code made} aside again in place of {@code before}: the call is tried once more.
   *
   * @param keeps whether only where there is room for it
   * @return whether it is done
   */
  boolean widen(Reservation before, Reservation made, boolean keeps) {
    lock.lock();
    try {
      giveBack(before);
      Need need = made.need();
      boolean fits =
          !keeps
              || Room.lacking(this, need) == null && Room.of(this, need).output() >= made.output();
      Reservation now = fits ? made : before;
      setAside(now.need(), now.output());
      return fits;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back what was set aside for a call that was never sent. */
  void release(Reservation made) {
    lock.lock();
    try {
      giveBack(made);
    } finally {
      lock.unlock();
    }
  }

  /** The first limit of that name in the chain, as a reason to refuse; {@code null} for none. */
  @Nullable Denied limiting(Limit limit) {
    lock.lock();
    try {
      for (Budget budget = this; budget != null; budget = budget.above) {
        if (budget.max[limit.ordinal()] != UNLIMITED) {
          return budget.denied(limit);
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The limit that leaves an answer no more output than {@code made}: the one with the least room.
   */
  Denied limitingOutput(Reservation made) {
    lock.lock();
    try {
      Denied tightest = Room.of(this, made.need()).denied();
      return tightest == null
          ? new Denied(this, Limit.OUTPUT_TOKENS, made.output(), made.output())
          : tightest;
    } finally {
      lock.unlock();
    }
  }

  /** Changes limits of a live budget; a {@code null} value takes one away. */
  void change(Map<Limit, @Nullable Long> limits) {
    lock.lock();
    try {
      long[] changed = max.clone();
      limits.forEach((limit, to) -> changed[limit.ordinal()] = to == null ? UNLIMITED : to);
      max = changed;
      used().noted.removeAll(limits.keySet());
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what was spent: its time window is over. Calls in flight are booked in the next. */
  void renew() {
    lock.lock();
    try {
      Arrays.fill(used().spent, 0);
      noted.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing is spent or set aside here. */
  boolean isUnused() {
    lock.lock();
    try {
      return Arrays.stream(spent).allMatch(n -> n == 0)
          && Arrays.stream(reserved).allMatch(n -> n == 0);
    } finally {
      lock.unlock();
    }
  }

  /** One limit, in its counted unit; the largest number there is when it is not set. */
  long max(Limit limit) {
    return max[limit.ordinal()];
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
        (limit, index) ->
            limit == Limit.TIME ? Math.max(0, max[index] - elapsedNanos) : left(limit));
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
          rows.put(prefix + limit.key(), limit.shown(column.of(limit, index)));
        }
      }
    } finally {
      lock.unlock();
    }
    return rows;
  }

  /** What is neither spent nor set aside of a limit. Under the lock. */
  long left(Limit limit) {
    int index = limit.ordinal();
    return max[index] == UNLIMITED
        ? UNLIMITED
        : Math.max(0, max[index] - spent[index] - reserved[index]);
  }

  /** What is booked, as last written: to look at, without the lock. */
  long spent(Limit limit) {
    return spent[limit.ordinal()];
  }

  /** That limit as a reason to refuse. Under the lock. */
  Denied denied(Limit limit) {
    int index = limit.ordinal();
    return new Denied(this, limit, spent[index] + reserved[index], max[index]);
  }

  /** It is asked for something: from now on it counts. Under the lock. */
  private Budget used() {
    if (spent == NOTHING) {
      spent = new long[LIMITS.length];
      reserved = new long[LIMITS.length];
      noted = EnumSet.noneOf(Limit.class);
    }
    return this;
  }
}
