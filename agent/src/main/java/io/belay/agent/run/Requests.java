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

  /** Requests whose answer comes after their dispatch has returned, by the server's own object. */
  private final IdentityHashMap<Object, Served> pending =
      new IdentityHashMap<>(); // Guarded by itself.

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
    Run run = runs.begin(parent, policy.id(inbound), inbound.path(), origin, Limits.NONE);
    DisconnectPolicy.Action action = policy.onDisconnect().forPath(inbound.path());
    Served served = new Served(this, run, inbound, action);
    run.request = served;
    try {
      inbound.respond(RUN_ID, run.id());
      if (served.refusedAtOnce()) {
        return new Skip(null);
      }
      if (action.what() == DisconnectPolicy.What.STOP) {
        watcher.watch(served);
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
    Served served = key == null || slot.request != null ? null : pending(key);
    return served == null ? null : served.dispatched(slot);
  }

  /** The server has finished with the request of that key. */
  void finished(@Nullable Object key) {
    Served served = key == null ? null : pending(key);
    if (served != null) {
      served.end(null);
    }
  }

  private @Nullable Served pending(Object key) {
    synchronized (pending) {
      return pending.get(key);
    }
  }

  /** Its dispatch has returned and the answer is still to come. */
  void suspend(Served served) {
    synchronized (pending) {
      pending.put(served.inbound.key(), served);
    }
    watcher.watch(served);
  }

  /** Its answer is complete. */
  void forget(Served served) {
    synchronized (pending) {
      pending.remove(served.inbound.key(), served);
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

  void watch(Served served) {
    watcher.watch(served);
  }
}
