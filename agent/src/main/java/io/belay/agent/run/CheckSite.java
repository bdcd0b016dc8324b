package io.belay.agent.run;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place inside a client that is passed once for every attempt: where a retry or a redirect would
 * send again by itself. May have an adapter that applies what was rewritten and taps the answer.
 */
public final class CheckSite extends Site {
  /**
   * Exchanges whose answer comes on another thread, by the client's own object for the call. Such
   * objects have identity equality in every client we know.
   */
  static final Map<Object, InFlight> BY_HANDLE = new ConcurrentHashMap<>();

  private final Gatekeeper gatekeeper;
  private final @Nullable Function<Class<?>, @Nullable Adapter> adapters;

  /**
   * A check.
   *
   * @param adapters finds the adapter that reads the traffic; {@code null} to ask only
   */
  public CheckSite(
      Gatekeeper gatekeeper,
      String boundary,
      String label,
      @Nullable Function<Class<?>, @Nullable Adapter> adapters) {
    super(boundary, label);
    this.gatekeeper = gatekeeper;
    this.adapters = adapters;
  }

  @Override
  void check(@Nullable Object self) {
    gatekeeper.sending(label());
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    Adapter adapter = adapters == null || self == null ? null : adapters.apply(self.getClass());
    if (adapter == null || self == null) {
      return null;
    }
    Slot slot = Carrier.slot();
    InFlight outer = slot.call;
    Object handle = adapter.handle(self);
    InFlight call = handle == null ? outer : BY_HANDLE.get(handle);
    call = call == null ? outer : call;
    if (call == null || call.exchange == null || !call.wired()) {
      return null;
    }
    Exchange exchange = call.exchange;
    adapter.sending(exchange, self, args);
    slot.call = call;
    return (Ticket)
        (result, thrown) -> {
          Carrier.slot().call = outer;
          return thrown == null ? adapter.answered(exchange, result) : result;
        };
  }
}
