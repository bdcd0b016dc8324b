package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/**
 * A method of an SDK above its retries, which leads to boundaries further down, or a pause between
 * them. It is no call by itself: nothing is registered. A stopped run is refused on entry, which
 * counts as the refusal of the call that it would have led to; there may be a client below that no
 * boundary knows. What the SDK makes of a stop on the way (errors of its own, an interrupted pause)
 * is thrown as the stop that it is. So is, in place of a pause, what a limit has refused since the
 * method was entered: the run may go on, but trying again would be refused again.
 */
public final class AskSite extends Site implements Ticket {
  private final Gatekeeper gatekeeper;
  private final @Nullable Kind kind;
  private final boolean asks;

  /**
   * A question.
   *
   * @param kind what the method leads to; {@code null} for a pause
   * @param asks {@code false} to name failures alone
   */
  public AskSite(
      Gatekeeper gatekeeper, String boundary, String label, @Nullable Kind kind, boolean asks) {
    super(boundary, label);
    this.gatekeeper = gatekeeper;
    this.kind = kind;
    this.asks = asks;
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    Slot slot = Carrier.slot();
    if (slot.call() != null) {
      return null; // Decided about further up.
    }
    if (asks && kind == null) {
      slot.pauses(); // First: that a limit was reached says more than that it stopped the run.
    }
    if (asks) {
      gatekeeper.ask(gatekeeper.current(slot), kind, label());
    }
    if (asks && kind != null) {
      slot.tries();
    }
    return this;
  }

  @Override
  public @Nullable Object exit(@Nullable Object result, @Nullable Throwable thrown) {
    if (asks && kind != null) {
      Carrier.slot().triesNoMore();
    }
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
