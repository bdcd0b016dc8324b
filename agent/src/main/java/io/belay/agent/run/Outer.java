package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/**
 * What a thread was at before it turned to something else. Where it does not escape, the JIT keeps
 * it in registers.
 */
record Outer(
    @Nullable Run run, @Nullable InFlight call, @Nullable Work work, @Nullable Shield shield) {
  /** A pooled thread that waited for work was at nothing: most are. */
  private static final Outer NOTHING = new Outer(null, null, null, null);

  static Outer of(Slot slot) {
    return slot.isFree() ? NOTHING : new Outer(slot.run, slot.call, slot.work, slot.shield);
  }

  /** The thread returns to it. */
  void back(Slot slot) {
    if (slot.work instanceof Taken) {
      Taken.leave(slot, work);
    }
    slot.run = run;
    slot.call = call;
    slot.work = work;
    slot.shield = shield;
  }
}
