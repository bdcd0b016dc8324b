package io.belay.agent.run;

import io.belay.agent.rule.DisconnectPolicy;
import io.belay.agent.rule.Limits;
import io.belay.agent.rule.RequestPolicy;
import io.belay.boot.Inbound;
import io.belay.boot.InboundSocket;
import io.belay.boot.ServerAdapter;
import io.belay.boot.Skip;
import org.jspecify.annotations.Nullable;

/** The inbound requests of this JVM: how each begins a run, and how those are found again. */
public final class Requests {
  /** What the origin of each begins with. */
  static final String ORIGIN = "http ";

  private static final String RUN_ID = "Belay-Run-Id";

  final Runs runs;
  final RequestPolicy policy;
  private final Watcher watcher;

  private final KnownRequests known = new KnownRequests();

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
    Served outer = slot.request;
    if (slot.run == runs.none()) {
      return null;
    }
    Inbound inbound =
        outer != null && !outer.inbound().endsWithClient() ? null : adapter.request(self, args);
    if (inbound == null || outer != null && outer.inbound().key() == inbound.key()) {
      return null;
    }
    Run parent = above(slot, outer);
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

  /**
   * What a request that is dispatched on this thread is a child of. It comes from outside, so of
   * nothing that the thread happens to work for: it may be dispatched by whoever answers the one
   * before it on its connection, or by a pool's thread that a run has started. Only who is inside a
   * run's entry has it dispatched on purpose.
   */
  private Run above(Slot slot, @Nullable Served outer) {
    Run above = outer == null ? null : outer.run.above();
    if (above == null && slot.work instanceof Frame) {
      above = slot.run;
    }
    return above == null ? runs.root() : above;
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

  /**
   * The current thread's request is answered by a change of protocol: its run goes on with that.
   */
  void upgraded(ServerAdapter adapter, Object self, Object[] args) {
    Served served = about(null);
    InboundSocket socket = served == null ? null : adapter.socket(self, args, served.inbound());
    if (served != null && socket != null) {
      served.upgraded(socket);
    }
  }

  /** A message for the application. */
  @Nullable Object message(ServerAdapter adapter, String origin, Object self, Object[] args) {
    Served served = known(adapter.key(self, args));
    if (served == null) {
      return null;
    }
    Ticket message = served.message(origin);
    if (message == null) {
      adapter.dropped(self, args);
      return new Skip(null);
    }
    return message;
  }

  /** The server has finished with the request of that key, because of a failure or without. */
  void finished(@Nullable Object key, @Nullable Throwable failure) {
    Served served = known(key);
    if (served != null) {
      served.finished(failure);
    }
  }

  /**
   * A failure of the application, one of {@code args}, is about to be handled.
   *
   * @return what keeps it from that, since it was answered for; or {@code null}
   */
  @Nullable Object fails(ServerAdapter adapter, Object self, Object[] args) {
    Throwable failure = failureAmong(args);
    if (failure == null) {
      return null;
    }
    Served served = about(adapter.key(self, args));
    if (served == null && !isOfOneThatIsOver()) {
      return null;
    }
    Inbound there = adapter.request(self, args);
    if (served == null) {
      return new Skip(there == null ? null : there.result());
    }
    return there != null && served.fails(failure, there) ? new Skip(there.result()) : null;
  }

  /**
   * Whether what the thread is at is left of a request that was stopped and is over: nobody waits
   * for an answer any more, and the server's objects may serve another request.
   */
  private boolean isOfOneThatIsOver() {
    for (Run run = Carrier.slot().run; run != null; run = run.above()) {
      if (run.origin().startsWith(ORIGIN) && run.isStopping()) {
        return runs.policy.enforce();
      }
    }
    return false;
  }

  /**
   * The application is about to answer with {@code status}: what is an error to it may be that its
   * run was stopped.
   */
  @Nullable Object answers(int status) {
    Served served = status < 500 ? null : about(null);
    return served != null && served.answersInstead() ? new Skip(null) : null;
  }

  static @Nullable Throwable failureAmong(Object[] args) {
    for (Object argument : args) {
      if (argument instanceof Throwable failure) {
        return failure;
      }
    }
    return null;
  }

  /** The request of that key; or the one that the current thread, or its run, works for. */
  private @Nullable Served about(@Nullable Object key) {
    Served served = known(key);
    Slot slot = Carrier.slot();
    if (served == null) {
      served = slot.request;
    }
    for (Run run = slot.run; served == null && run != null; run = run.above()) {
      served = run.request;
    }
    return served;
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

  /** The request of that key, which mostly is the one that the thread is at. */
  private @Nullable Served known(@Nullable Object key) {
    Served current = Carrier.slot().request;
    if (current != null && key != null && current.inbound().key() == key) {
      return current.known ? current : null;
    }
    return known.find(key);
  }

  void know(Served served) {
    known.add(served);
  }

  /**
   * It is a model's, or its dispatch has returned and the answer is still to come: then it must be
   * noticed that nobody waits for it, even if nothing is stopped for that. Also where the server
   * tells of streams: its connection may end with less ado.
   */
  void watch(Served served) {
    if (served.inbound().endsWithClient()) {
      return; // It was known from its beginning, and its server tells.
    }
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
    known.remove(served);
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
