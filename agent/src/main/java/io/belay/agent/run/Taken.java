package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/**
 * That a thread took an object from a queue which carries a run: it works for that run until it
 * asks the same queue for more, or comes to the end of what it did before.
 */
final class Taken extends Work {
  private final Object queue;
  private final Bond of;
  private final Outer outer;

  private Taken(Object queue, Bond of, Outer outer) {
    super(of.run);
    this.queue = queue;
    this.of = of;
    this.outer = outer;
  }

  static void begin(Slot slot, Object queue, Bond of) {
    if (slot.work instanceof Taken same && same.queue == queue && same.of == of) {
      return; // One method of the queue is made of another.
    }
    Taken taken = new Taken(queue, of, Outer.of(slot));
    taken.beginFirst(slot);
    of.giveUp(); // It waits no more. Not before this has joined, or the run could end in between.
    slot.enter(taken, of.shield());
  }

  /** The current thread asks {@code queue} for more. */
  static void end(Slot slot, Object queue) {
    if (slot.work instanceof Taken taken && taken.queue == queue) {
      slot.work = null;
      taken.outer.back(slot);
      taken.over(slot);
    }
  }

  /** The thread returns to {@code until}, and with that from whatever it took meanwhile. */
  static void leave(Slot slot, @Nullable Work until) {
    Work at = slot.work;
    while (at instanceof Taken taken && at != until) {
      at = taken.outer.work();
      slot.work = at;
      taken.over(slot);
    }
  }

  private void over(Slot slot) {
    slot.forget();
    doneBy(slot);
  }
}
