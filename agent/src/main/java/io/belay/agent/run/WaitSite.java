package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/**
 * A wait that does not tell of an interrupt as such: one of the JDK's that goes on, such as {@code
 * CompletableFuture.join}, or one of a library's that makes an error of its own of it. It is ended
 * by a refusal when, and only when, the interrupt is that of a stop.
 */
public final class WaitSite extends Site implements Ticket {
  private final Gatekeeper gatekeeper;

  /** Such a wait. */
  public WaitSite(Gatekeeper gatekeeper, String boundary, String label) {
    super(boundary, label);
    this.gatekeeper = gatekeeper;
  }

  @Override
  void check(@Nullable Object self) {
    Work woken = woken();
    if (woken != null) {
      gatekeeper.check(woken.run, "waiting for a future");
    }
  }

  @Override
  Object enter(@Nullable Object self, Object @Nullable [] args) {
    return this;
  }

  @Override
  public @Nullable Object exit(@Nullable Object result, @Nullable Throwable thrown) {
    // What it was told in time stays as its API tells it.
    Work woken = thrown == null || Refusals.inside(thrown) != null ? null : woken();
    RuntimeException stopped =
        woken == null || thrown == null ? null : gatekeeper.instead(woken.run, thrown, this);
    if (stopped != null) {
      throw stopped;
    }
    return result;
  }

  /** What the thread was at when a stop interrupted it, which it forgets; {@code null} if none. */
  private static @Nullable Work woken() {
    Slot slot = Carrier.peek();
    Work work = slot == null ? null : slot.work;
    return work != null && slot != null && work.tookWake(slot) ? work : null;
  }
}
