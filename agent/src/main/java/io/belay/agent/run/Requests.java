package io.belay.agent.run;

import io.belay.boot.Inbound;
import io.belay.boot.ServerAdapter;
import io.belay.boot.Skip;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** The inbound requests of this JVM: how each begins a run, and how those are found again. */
public final class Requests {
  private static final String RUN_ID = "Belay-Run-Id";

  final Runs runs;
  final RequestPolicy policy;
  private final Watcher watcher;

  /** Requests that a later step of the server may be about, by the server's own object. */
  private final IdentityHashMap<Object, Served> known = new IdentityHashMap<>(); // Guarded by it.

  /**
   * All requests.
   *
   * @param poll asks a connection's state; {@code null} where that is not possible
   */
  public Requests(Runs runs, RequestPolicy policy, Connections connections, @Nullable Poll poll) {
    this.runs = runs;
    this.policy = policy;
    this.watcher = new Watcher(this, connections, poll);
  }

  /** Begins a request's run on the current thread; {@code null} when this is not to be a run. */
  @Nullable Object begin(ServerAdapter adapter, String origin, Object self, Object[] args) {
    Slot slot = Carrier.slot();
    if (slot.run == runs.none() || slot.request != null) {
      return null;
    }
    Inbound inbound = adapter.request(self, args);
    if (inbound == null) {
      return null;
    }
    Run parent = runs.gatekeeper().current(slot);
    String caller = policy.caller(inbound);
    Run run = runs.begin(parent, caller, policy.id(inbound), inbound.path(), origin, Limits.NONE);
    DisconnectPolicy.Action action = policy.onDisconnect().forPath(inbound.path());
    Served served = new Served(this, run, inbound, action);
    run.request = served;
    try {
      inbound.respond(RUN_ID, run.id());
      if (served.refusedAtOnce()) {
        return new Skip(null);
      }
      if (inbound.tellsWhenClientLeaves()) {
        know(served);
      }
      if (action.what() == DisconnectPolicy.What.STOP) {
        watch(served);
      }
      return served.dispatched(slot);
    } catch (Throwable fault) {
      served.end(fault);
      throw fault;
    }
  }

  /** A later step of a request: the current thread works for its run meanwhile. */
  @Nullable Ticket resume(@Nullable Object key) {
    Slot slot = Carrier.slot();
    Served served = slot.request != null ? null : known(key);
    return served == null ? null : served.dispatched(slot);
  }

  /**
   * A servlet or its like is called outside of any dispatch that is known: for the first time, or
   * again, as {@code key} says.
   */
  @Nullable Object beginOrTake(
      ServerAdapter adapter, String origin, Object self, Object[] args, @Nullable Object key) {
    if (key == null) {
      return begin(adapter, origin, self, args);
    }
    Served served = known(key);
    return served == null ? null : served.taken(Carrier.slot());
  }

  /** The server has finished with the request of that key. */
  void finished(@Nullable Object key) {
    Served served = known(key);
    if (served != null) {
      served.end(null);
    }
  }

  /** The application says that the request of that key, whose answer was to come, is answered. */
  void completes(@Nullable Object key) {
    Served served = known(key);
    if (served != null) {
      served.completes();
    }
  }

  /** The server says that the client of that key's request has left. */
  void left(@Nullable Object key) {
    Served served = known(key);
    if (served != null) {
      gone(served);
    }
  }

  private @Nullable Served known(@Nullable Object key) {
    if (key == null) {
      return null;
    }
    synchronized (known) {
      return known.get(key);
    }
  }

  private void know(Served served) {
    synchronized (known) {
      known.put(served.inbound.key(), served);
    }
  }

  /** Its dispatch has returned and the answer is still to come. */
  void suspend(Served served) {
    watch(served);
  }

  void watch(Served served) {
    know(served);
    watcher.watch(served);
    if (!served.isOpen()) {
      forget(served); // It was completed before anybody could find it.
    }
  }

  /** Its client has left: to be believed, and acted upon when its grace is over. */
  void gone(Served served) {
    watcher.gone(served);
  }

  /** Its run is over, and its answer is given by Belay if nobody else does. */
  void wakeLater(Served served) {
    watcher.wake(served);
  }

  /** Its answer is complete. */
  void forget(Served served) {
    synchronized (known) {
      known.remove(served.inbound.key(), served);
    }
    watcher.forget(served);
  }

  /** A language model is about to be called for {@code run}. */
  static void calls(Run run) {
    for (Run above = run; above != null; above = above.above()) {
      Served served = above.request;
      if (served != null) {
        served.calls();
      }
    }
  }
}
