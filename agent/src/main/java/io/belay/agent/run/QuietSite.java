package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/**
 * A region of shared infrastructure: what is begun inside belongs to no run, although a run's
 * thread came by first. Pools that fill, workers that are hired, selectors that start.
 */
public final class QuietSite extends Site {
  private static final Back NOBODY = new Back(null);

  private final @Nullable Run inside;

  /**
   * A region.
   *
   * @param exempt whether its own boundary calls are never refused, as a pool's housekeeping
   */
  public QuietSite(Runs runs, String boundary, String label, boolean exempt) {
    super(boundary, label);
    this.inside = exempt ? runs.none() : null;
    this.onlyInRuns = !exempt;
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    return enter(inside);
  }

  @Override
  Object enter(Slot slot) {
    asked();
    return slot.aside();
  }

  /** The thread works for {@code inside} until the ticket is settled. */
  static Ticket enter(@Nullable Run inside) {
    Slot slot = Carrier.slot();
    Run outer = slot.run;
    slot.run = inside;
    return outer == null ? NOBODY : backTo(outer);
  }

  /** Brings a thread back to {@code run} from a region without one. */
  static Back backTo(Run run) {
    Back back = run.resumed;
    if (back == null) {
      back = new Back(run);
      run.resumed = back;
    }
    return back;
  }

  /**
   * The way back to a run. Each has one at most: a pool comes by here with every task that it
   * queues.
   */
  record Back(@Nullable Run run) implements Ticket {
    @Override
    public @Nullable Object exit(@Nullable Object result, @Nullable Throwable thrown) {
      Carrier.slot().run = run;
      return result;
    }
  }
}
