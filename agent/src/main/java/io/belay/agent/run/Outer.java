package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/** What a thread was at before it turned to something else. */
record Outer(
    @Nullable Run run, @Nullable InFlight call, @Nullable Work work, @Nullable Shield shield)
    implements Ticket {
  static Outer of(Slot slot) {
    return new Outer(slot.run, slot.call(), slot.work, slot.shield);
  }

  @Override
  public @Nullable Object exit(@Nullable Object result, @Nullable Throwable thrown) {
    back(Carrier.slot());
    return result;
  }

  /** The thread returns to it. */
  void back(Slot slot) {
    if (slot.work instanceof Taken) {
      Taken.leave(slot, work);
    }
    slot.run = run;
    slot.callIs(call);
    slot.work = work;
    slot.shield = shield;
  }
}
