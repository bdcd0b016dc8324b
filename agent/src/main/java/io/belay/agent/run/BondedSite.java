package io.belay.agent.run;

import io.belay.boot.Skip;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/** Where a task is done that may be bound to a run: the thread works for that run meanwhile. */
public final class BondedSite extends Site {
  private final Run nobody;

  /** The doing of tasks. */
  public BondedSite(Runs runs, String boundary, String label) {
    super(boundary, label, false);
    this.restsWhenIdle = true;
    this.nobody = runs.root();
  }

  @Override
  @Nullable Object enter(@Nullable Object task, Object @Nullable [] args) {
    if (task instanceof ForkJoinTask) {
      return forked(task);
    }
    Object bond = task == null ? null : Bonds.of(task);
    if (task == null || bond == null) {
      return null;
    }
    if (!(bond instanceof Bond.Lasting lasting)) {
      bond = Bonds.take(task);
      return bond instanceof Bond once ? once.begin(task) : null;
    }
    if (lasting.run == nobody) {
      Bonds.take(task);
      return null;
    }
    return lasting.begin(task);
  }

  /** A forked task without a bond is nobody's, also when a run's thread helps to do it. */
  private static @Nullable Object forked(Object task) {
    Object bond = Bonds.takeForked(task);
    if (bond instanceof Bond mine && mine.run.above() != null) {
      Object ticket = mine.begin(task);
      return ticket instanceof Skip ? null : ticket; // It is cancelled by now.
    }
    if (bond instanceof Run) {
      return null; // Its own thread does it.
    }
    return forNobody();
  }

  /** What is done now is nobody's, although the thread may be at work for a run. */
  static @Nullable Object forNobody() {
    Slot slot = Carrier.working();
    if (slot == null) {
      return null;
    }
    Outer outer = Outer.of(slot);
    slot.run = null;
    slot.callIs(null);
    slot.work = null;
    slot.shield = null;
    return outer;
  }
}
