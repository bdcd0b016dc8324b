package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/**
 * A method of an SDK above its retries, which leads to boundaries further down. It is no call by
 * itself: nothing is registered and nothing counted. A stopped run is refused on entry, and what
 * the SDK makes of a stop on the way (errors of its own, an interrupted pause) is thrown as the
 * stop that it is.
 */
public final class AskSite extends Site implements Ticket {
  private final Gatekeeper gatekeeper;

  /** A question. */
  public AskSite(Gatekeeper gatekeeper, String boundary, String label) {
    super(boundary, label);
    this.gatekeeper = gatekeeper;
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    Slot slot = Carrier.slot();
    if (slot.call != null) {
      return null; // Decided about further up.
    }
    gatekeeper.check(gatekeeper.current(slot), label());
    return this;
  }

  @Override
  public @Nullable Object exit(@Nullable Object result, @Nullable Throwable thrown) {
    RuntimeException stopped =
        thrown == null
            ? null
            : gatekeeper.instead(gatekeeper.current(Carrier.slot()), thrown, this);
    if (stopped != null) {
      throw stopped;
    }
    return result;
  }
}
