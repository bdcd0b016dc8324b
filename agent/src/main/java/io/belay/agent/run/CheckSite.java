package io.belay.agent.run;

import io.belay.api.RunStoppedException;
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
    InFlight call = found(self, null);
    if (isAnnounced(call)) {
      return;
    }
    try {
      gatekeeper.sending(label(), call);
    } catch (RunStoppedException why) {
      if (call != null && call.exchange != null) {
        throw CheckSite.<RuntimeException>unchecked(call.exchange.inside(why));
      }
      throw why;
    }
  }

  /** Whether its adapter says so for each attempt: a client further down does not say it again. */
  private static boolean isAnnounced(@Nullable InFlight call) {
    if (call == null || call.exchange == null || !call.exchange.eachAttempt()) {
      return false;
    }
    Stop stop = call.run.stopped();
    return stop == null || call.passes(stop);
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    Adapter adapter = adapters == null || self == null ? null : adapters.apply(self.getClass());
    if (adapter == null || self == null) {
      return null;
    }
    Slot slot = Carrier.slot();
    InFlight call = found(self, args);
    if (call == null || call.exchange == null || !isOurs(call) || !call.wired()) {
      return null;
    }
    Exchange exchange = call.exchange;
    settledBy(call, () -> adapter.sending(exchange, self, args));
    // What the application has put inside its client works for the run that made the call; where
    // that is on a thread of the client's, a stop must be able to wake it.
    Carried.Callback elsewhere =
        gatekeeper.current(slot) == call.run ? null : Carried.Callback.begin(call.run, call.shield);
    Outer outer = Outer.of(slot);
    slot.callIs(call);
    slot.shield = call.shield;
    return (Ticket)
        (result, thrown) -> {
          Slot mine = Carrier.slot();
          outer.back(mine);
          if (elsewhere != null) {
            elsewhere.end();
          }
          if (thrown != null) {
            return result;
          }
          Object[] answer = {result};
          settledBy(call, () -> answer[0] = adapter.answered(exchange, result));
          return answer[0];
        };
  }

  /** Whether it was begun by this client, and not by one that rides on it. */
  private boolean isOurs(InFlight call) {
    return call.site.boundary().equals(boundary());
  }

  /** A call whose traffic cannot be shown is over for us, or it would be in flight for ever. */
  private static void settledBy(InFlight call, Runnable shows) {
    try {
      shows.run();
    } catch (RunStoppedException refusal) {
      Exchange exchange = call.exchange;
      throw CheckSite.<RuntimeException>unchecked(
          exchange == null ? refusal : exchange.inside(refusal));
    } catch (LinkageError | RuntimeException fault) {
      call.done(fault);
      throw fault;
    }
  }

  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // What a client's attempt throws is the client's to declare.
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** The call that passes here: the client's own handle says so, or the thread is in it. */
  private @Nullable InFlight found(@Nullable Object self, Object @Nullable [] args) {
    Adapter adapter = adapters == null || self == null ? null : adapters.apply(self.getClass());
    Object handle = adapter == null ? null : adapter.handle(self, args);
    InFlight call = handle == null ? null : BY_HANDLE.get(handle);
    return call == null ? Carrier.slot().call() : call;
  }
}
