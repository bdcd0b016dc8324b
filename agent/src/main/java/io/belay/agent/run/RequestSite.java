package io.belay.agent.run;

import io.belay.boot.ServerAdapter;
import java.nio.channels.SocketChannel;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A place in an HTTP server that a request passes on its way. */
public final class RequestSite extends Site {
  /** What happens there. */
  public enum Step {
    /** The server dispatches a request: a run begins. */
    BEGIN,
    /** The server takes up a request whose answer was still to come. */
    RESUME,
    /** The application's own code is about to be called: what it throws is answered here. */
    EDGE,
    /** The same, and the request begins here if the server's own dispatch is not known. */
    EDGE_OR_BEGIN,
    /** The application says that an answer that was still to come is complete. */
    COMPLETE,
    /** The answer is complete, whichever thread completed it. */
    FINISH,
    /** What is done about a failure of the application. */
    FAIL,
    /** The application says with which status it answers. */
    ANSWER,
    /** The server notices that the client has left. */
    LEAVE,
    /** A connection was accepted. */
    ACCEPT,
    /** A request is answered by a change of protocol. */
    UPGRADE,
    /** A message of such a connection is given to the application. */
    MESSAGE
  }

  private final Requests requests;
  private final Connections connections;
  private final Step step;
  private final @Nullable Function<Class<?>, @Nullable ServerAdapter> adapters;
  private final String origin;

  /** All threads of a server come by, each a few times for a request. */
  private final Tally reached = new Tally();

  /**
   * A place.
   *
   * @param adapters finds the adapter that reads requests; {@code null} where none is needed
   */
  public RequestSite(
      Requests requests,
      Connections connections,
      String boundary,
      String label,
      Step step,
      @Nullable Function<Class<?>, @Nullable ServerAdapter> adapters) {
    super(boundary, label, false);
    this.requests = requests;
    this.connections = connections;
    this.step = step;
    this.adapters = adapters;
    this.origin = Requests.ORIGIN + boundary;
  }

  @Override
  public long hits() {
    return reached.sum();
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    reached.add();
    ServerAdapter adapter =
        adapters == null || self == null ? null : adapters.apply(self.getClass());
    if (step == Step.EDGE || step == Step.EDGE_OR_BEGIN) {
      Served served = Carrier.slot().request;
      if (served != null) {
        return served.enterEdge(
            () -> adapter == null ? served.inbound() : adapter.request(self, args));
      }
    }
    if (step == Step.ANSWER && args != null && args[0] instanceof Integer status) {
      return requests.answers(status);
    }
    if (adapter == null || self == null || args == null) {
      return null;
    }
    switch (step) {
      case BEGIN -> {
        return requests.begin(adapter, origin, self, args);
      }
      case EDGE_OR_BEGIN -> {
        return requests.beginOrTake(adapter, origin, self, args, adapter.key(self, args));
      }
      case RESUME -> {
        return requests.resume(adapter.key(self, args));
      }
      case FAIL -> {
        return requests.fails(adapter, self, args);
      }
      case MESSAGE -> {
        return requests.message(adapter, origin, self, args);
      }
      case UPGRADE -> requests.upgraded(adapter, self, args);
      case FINISH -> requests.finished(adapter.key(self, args), Requests.failureAmong(args));
      case COMPLETE -> requests.completes(adapter.key(self, args));
      case LEAVE -> requests.left(adapter.key(self, args));
      default -> {}
    }
    return null;
  }

  @Override
  void opened(@Nullable Object self, @Nullable Object made) {
    if (made instanceof SocketChannel channel) {
      try {
        connections.accepted(channel);
      } catch (java.io.IOException closed) {
        // Its first request will never come.
      }
    }
  }
}
