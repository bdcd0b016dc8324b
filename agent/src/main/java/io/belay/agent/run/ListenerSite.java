package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/**
 * Where a future is given a listener, or calls it: a listener is its registrant's, whoever
 * completes the future, also after a stop, and is refused at its boundaries then. One of a
 * library's keeps shared things in order and is nobody's, as is one that was added outside any run.
 */
public final class ListenerSite extends Site {
  /** Such a moment. */
  public enum At {
    /** A future is given a listener. */
    ADDED,
    /** It is to forget it. */
    REMOVED,
    /** It calls it. */
    CALLED
  }

  private final Listeners listeners;
  private final At at;

  /**
   * A moment of listeners.
   *
   * @param listeners those that are known, of all moments
   */
  public ListenerSite(String boundary, String label, Listeners listeners, At at) {
    super(boundary, label, false);
    this.restsWhenIdle = true;
    this.listeners = listeners;
    this.at = at;
  }

  @Override
  @Nullable Object carry(@Nullable Object future, @Nullable Object listener) {
    if (at == At.REMOVED) {
      listeners.take(future, listener);
      return listener;
    }
    Slot slot = Carrier.working();
    if (slot != null && future != null && listener != null) {
      Run run = slot.run;
      if (run != null && run.above() != null && !Infrastructure.mustFinish(listener)) {
        hit();
        listeners.add(future, listener, run, slot.shield);
      }
    }
    return listener;
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    Listeners.Owned owned = args == null ? null : listeners.take(args[0], args[1]);
    return owned == null
        ? BondedSite.forNobody()
        : new Called(Carried.Callback.begin(owned.run().live(), owned.shield()));
  }

  private record Called(Carried.Callback callback) implements Ticket {
    @Override
    public @Nullable Object exit(@Nullable Object result, @Nullable Throwable thrown) {
      callback.end();
      return result;
    }
  }
}
