package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/**
 * A wait of the JDK's that goes on when it is interrupted, such as {@code CompletableFuture.join}:
 * ended by a refusal when, and only when, the interrupt is that of a stop.
 */
public final class WaitSite extends Site {
  private final Gatekeeper gatekeeper;

  /** Such a wait. */
  public WaitSite(Gatekeeper gatekeeper, String boundary, String label) {
    super(boundary, label);
    this.gatekeeper = gatekeeper;
  }

  @Override
  void check(@Nullable Object self) {
    Slot slot = Carrier.peek();
    if (slot == null) {
      return;
    }
    Work work = slot.work;
    if (work != null && work.tookWake(slot)) {
      gatekeeper.check(work.run, "waiting for a future");
    }
  }
}
