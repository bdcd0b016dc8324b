package io.belay.agent.run;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the application gives up the answer of the receiver's call, read or not. */
public final class LetGoSite extends Site {
  /** A WebSocket's handshake is no answer that is given up: its reader says when it ends. */
  private static final int SWITCHED = 101;

  private final @Nullable Function<Class<?>, @Nullable Adapter> adapters;

  /**
   * A way to give answers up.
   *
   * @param adapters finds the adapter that knows the receiver's call, by the receiver's class;
   *     {@code null} where the receiver is the call's own handle
   */
  public LetGoSite(
      String boundary, String label, @Nullable Function<Class<?>, @Nullable Adapter> adapters) {
    super(boundary, label);
    this.adapters = adapters;
  }

  @Override
  void opened(@Nullable Object self, @Nullable Object made) {
    if (self == null) {
      return;
    }
    if (adapters == null) {
      letGo(CheckSite.BY_HANDLE.get(self));
      return;
    }
    Adapter adapter = adapters.apply(self.getClass());
    Exchange exchange = adapter == null ? null : adapter.open(self, null);
    if (exchange != null && exchange.tap() instanceof InFlight call) {
      call.site.givesUp(call, false);
      call.closedEarly();
    }
  }

  /**
   * Whoever is in the middle of a read is told by the client, and so is who waits for the answer;
   * an abort of ours settles the call by itself.
   */
  private static void letGo(@Nullable InFlight call) {
    if (call == null || call.status() == SWITCHED || call.isAborted()) {
      return;
    }
    if (call.site.givesUp(call, false) || !call.counts() && call.status() != 0) {
      call.closedEarly();
    } else {
      call.left(); // Whoever waits for it, or reads it, is told by the client in its turn.
    }
  }
}
