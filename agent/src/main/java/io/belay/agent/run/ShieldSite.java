package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/** A method that {@code belay.shield} names: everything called inside passes. */
public final class ShieldSite extends Site {
  private final Runs runs;

  /** A shielded method. */
  public ShieldSite(Runs runs, String boundary, String label) {
    super(boundary, label);
    this.runs = runs;
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    return open(runs);
  }

  /** Raises a shield on the current thread until the ticket's exit. */
  static Ticket open(Runs runs) {
    Slot slot = Carrier.slot();
    Shield outer = slot.shield;
    if (outer == null) {
      // One inside another does not begin anew: else shields could be chained for ever.
      slot.shield = new Shield(runs.clock.nanos(), runs.policy.shieldTimeout());
    }
    return (result, thrown) -> {
      Carrier.slot().shield = outer;
      return result;
    };
  }
}
