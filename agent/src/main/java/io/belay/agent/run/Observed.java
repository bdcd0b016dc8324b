package io.belay.agent.run;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** What would have been done in this JVM if Belay did not only observe. */
public final class Observed {
  private final AtomicLongArray refused = new AtomicLongArray(Kind.values().length);
  private final AtomicLong outOfBudget = new AtomicLong();
  private final AtomicLong clamped = new AtomicLong();

  Observed() {}

  /** A call of a stopped run was let pass. */
  void refused(Kind kind) {
    refused.incrementAndGet(kind.ordinal());
  }

  /** A call was let pass for which nothing is left. */
  void outOfBudget() {
    outOfBudget.incrementAndGet();
  }

  /** A request was left as it was that asks for more than is left. */
  void clamped() {
    clamped.incrementAndGet();
  }

  /** All of it in one sentence. */
  public String sentence() {
    StringBuilder calls = new StringBuilder();
    long all = 0;
    for (Kind kind : Kind.values()) {
      long count = refused.get(kind.ordinal());
      if (count > 0) {
        calls.append(all == 0 ? " (" : ", ").append(count).append(' ').append(kind);
        all += count;
      }
    }
    return "would have refused "
        + all
        + " calls of stopped runs"
        + (all == 0 ? "" : calls.append(')'))
        + " and "
        + outOfBudget
        + " for which nothing was left of a budget, and lowered the output limit of "
        + clamped;
  }
}
