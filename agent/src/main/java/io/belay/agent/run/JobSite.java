package io.belay.agent.run;

import io.belay.boot.Skip;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of an object of {@code belay.run.carry}: made in a run, or put into a queue by one; then
 * taken from a queue, or worked on by a method of its own, for that run.
 *
 * <p>While it waits its run is not over. Nobody tells when such an object is dropped, so the
 * garbage collector does: see {@link Lingering}.
 */
public final class JobSite extends Site {
  /** Where in its life it is. */
  public enum At {
    /** A constructor of its class has returned. */
    MADE,
    /** A queue is given it. */
    QUEUED,
    /** A queue is asked for the next. */
    TAKEN,
    /** A queue is asked for all that it has, into argument 0. */
    DRAINED,
    /** Its own {@code run()}, which is not begun for a stopped run. */
    RUN,
    /** Its own {@code call()}, likewise: it throws instead. */
    CALLED,
    /** Another of its methods that do the work: refused at its boundaries. */
    WORKED_ON
  }

  private final At at;
  private final Jobs jobs;

  /** A moment of such objects. */
  public JobSite(String boundary, String label, At at, Jobs jobs) {
    super(boundary, label, false);
    this.at = at;
    this.jobs = jobs;
  }

  @Override
  void opened(@Nullable Object self, @Nullable Object made) {
    bind(self);
  }

  @Override
  @Nullable Object carry(@Nullable Object queue, @Nullable Object job) {
    bind(job);
    return job;
  }

  private void bind(@Nullable Object job) {
    Slot slot = Carrier.peek();
    Run run = slot == null ? null : slot.run;
    if (slot == null || run == null || job == null || run.above() == null || !jobs.isOne(job)) {
      return;
    }
    Bond known = bondOf(job);
    if (known != null) {
      known.waitAgain(); // A superclass's constructor was there first, or it is tried once more.
      return;
    }
    hit();
    jobs.weave(job);
    Bond bond = new Bond(run, slot.shield, job);
    bond.join();
    Bonds.bind(job, bond);
  }

  private static @Nullable Bond bondOf(Object job) {
    return Bonds.of(job) instanceof Bond bond && !(bond.run.verdict instanceof Verdict.End)
        ? bond
        : null;
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    if (self == null) {
      return null;
    }
    if (at == At.DRAINED) {
      return drain(self, args == null ? null : args[0]);
    }
    if (at == At.TAKEN) {
      Slot slot = Carrier.peek();
      if (slot != null && slot.draining) {
        return null;
      }
      if (slot != null) {
        Taken.end(slot, self);
      }
      return (Ticket)
          (result, thrown) -> {
            taken(self, result);
            return result;
          };
    }
    Bond bond = bondOf(self);
    if (bond == null || bond.slot() != null) {
      return null; // The one that does the work is inside another one.
    }
    Slot slot = Carrier.slot();
    if (slot.work instanceof Taken taken && taken.run == bond.run) {
      return null;
    }
    Object ticket = at == At.WORKED_ON ? bond.beginAnyway() : bond.begin(self);
    if (ticket instanceof Skip && at == At.CALLED) {
      throw Refusals.notStarted(bond.run);
    }
    return ticket;
  }

  private @Nullable Ticket drain(Object queue, @Nullable Object into) {
    Slot slot = Carrier.slot();
    if (slot.draining || !(into instanceof Collection<?> jobs)) {
      return null; // One method of the queue is made of the other.
    }
    Taken.end(slot, queue);
    slot.draining = true;
    return (result, thrown) -> {
      slot.draining = false;
      if (result instanceof Integer many && many > 0) {
        drained(slot, queue, jobs);
      }
      return result;
    };
  }

  /**
   * Who has several works for their run, if all are of the same; else each waits to be worked on.
   */
  private void drained(Slot slot, Object queue, Collection<?> drained) {
    List<Bond> bonds = new ArrayList<>();
    for (Object job : drained) {
      Bond bond = job == null || !jobs.isOne(job) ? null : bondOf(job);
      if (bond == null || (!bonds.isEmpty() && bond.run != bonds.get(0).run)) {
        return;
      }
      bonds.add(bond);
    }
    if (!bonds.isEmpty()) {
      hit();
      Taken.begin(slot, queue, bonds.get(0));
      bonds.forEach(Bond::giveUp);
    }
  }

  private void taken(Object queue, @Nullable Object job) {
    if (job != null && jobs.isOne(job)) {
      Bond bond = bondOf(job);
      if (bond != null) {
        hit();
        Taken.begin(Carrier.slot(), queue, bond);
      }
    }
  }
}
