package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/**
 * Where a future is given a listener, or calls it: a listener is its registrant's, whoever
 * completes the future, also after a stop, and is refused at its boundaries then. One of a
 * library's keeps shared things in order and is nobody's, as is one that was added outside any run.
 */
public final class ListenerSite extends Site {
  private final Listeners listeners;
  private final boolean adds;

  /**
   * A moment of listeners.
   *
   * @param listeners those that are known, of all moments
   * @param adds whether one is added; else it is called
   */
  public ListenerSite(String boundary, String label, Listeners listeners, boolean adds) {
    super(boundary, label, false);
    this.restsWhenIdle = true;
    this.listeners = listeners;
    this.adds = adds;
  }

  @Override
  @Nullable Object carry(@Nullable Object future, @Nullable Object listener) {
    Slot slot = Carrier.working();
    if (adds && slot != null && future != null && listener != null) {
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
