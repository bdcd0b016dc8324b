package io.belay.agent.run;

import io.belay.api.Reason;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** What would have been done in this JVM if Belay did not only observe. Called by any thread. */
public final class Observed {
  private static final Kind[] KINDS = Kind.values();
  private static final Reason[] REASONS = Reason.values();

  /** Applications that write values into their statements have no end of different ones. */
  private static final int MOST_STATEMENTS = 100;

  private static final String OTHERS = "others";

  private final boolean on;
  private final AtomicLongArray stopped = new AtomicLongArray(REASONS.length);
  private final AtomicLongArray refused = new AtomicLongArray(KINDS.length);
  private final AtomicLongArray ended = new AtomicLongArray(KINDS.length);
  private final AtomicLong outOfBudget = new AtomicLong();
  private final AtomicLong clamped = new AtomicLong();
  private final Map<String, AtomicLong> statements = new ConcurrentHashMap<>();

  /** A run can be stopped once: what a limit would have stopped, nobody else stops any more. */
  private final Set<Run> counted =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /**
   * Counts from now on.
   *
   * @param on whether Belay only observes; else all of this stays zero
   */
  Observed(boolean on) {
    this.on = on;
  }

  /** Whether Belay only observes in this JVM. */
  public boolean isOn() {
    return on;
  }

  /** A run would have been stopped, and goes on; counted once for each. */
  void stopped(Run run, Reason reason) {
    if (on && counted.add(run)) {
      stopped.incrementAndGet(reason.ordinal());
    }
  }

  /** A call of a stopped run was let pass. */
  void refused(InFlight call) {
    refused.incrementAndGet(call.kind.ordinal());
    if (call.kind == Kind.SQL || call.kind == Kind.COMMIT) {
      String statement = call.target();
      boolean room = statements.size() < MOST_STATEMENTS || statements.containsKey(statement);
      statements
          .computeIfAbsent(room ? statement : OTHERS, first -> new AtomicLong())
          .incrementAndGet();
    }
  }

  /** A call in flight whose grace is over goes on. */
  void ended(Kind kind) {
    ended.incrementAndGet(kind.ordinal());
  }

  /** A call was let pass for which nothing is left. */
  void outOfBudget() {
    outOfBudget.incrementAndGet();
  }

  /** A request was left as it was that asks for more than is left. */
  void clamped() {
    clamped.incrementAndGet();
  }

  /** How many runs would have been stopped. */
  public long stops() {
    return sum(stopped);
  }

  /** How many calls would have been refused, for whatever reason. */
  public long refusals() {
    return sum(refused) + outOfBudget.get();
  }

  /** How many calls in flight would have been ended. */
  public long ends() {
    return sum(ended);
  }

  /** How many requests would have been lowered. */
  public long clamps() {
    return clamped.get();
  }

  /** How often each statement would have been refused; they are without their values. */
  public Map<String, Long> statements() {
    Map<String, Long> counted = new TreeMap<>();
    statements.forEach((statement, count) -> counted.put(statement, count.get()));
    return counted;
  }

  /** All of it in one sentence. */
  public String sentence() {
    return "would have stopped "
        + counted(stops(), "run")
        + parts(stopped, REASONS)
        + ", refused "
        + counted(sum(refused), "call")
        + " of stopped runs"
        + parts(refused, KINDS)
        + " and "
        + outOfBudget
        + " for which nothing was left of a budget, ended "
        + counted(ends(), "call")
        + " in flight"
        + parts(ended, KINDS)
        + ", and lowered the output limit of "
        + counted(clamps(), "call");
  }

  private static long sum(AtomicLongArray counts) {
    long sum = 0;
    for (int i = 0; i < counts.length(); i++) {
      sum += counts.get(i);
    }
    return sum;
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static String parts(AtomicLongArray counts, Object[] names) {
    StringBuilder parts = new StringBuilder();
    for (int i = 0; i < names.length; i++) {
      if (counts.get(i) > 0) {
        parts.append(parts.isEmpty() ? " (" : ", ").append(counts.get(i)).append(' ');
        parts.append(names[i]);
      }
    }
    return parts.isEmpty() ? "" : parts.append(')').toString();
  }
}
