package io.belay.agent.run;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A boundary: a call that leaves the JVM. Says how to name, refuse and abort it. */
public class CallSite extends Site {
  /** How a call in flight is ended. */
  @FunctionalInterface
  public interface Abort {
    /** Interrupts the calling thread. */
    Abort INTERRUPT = (self, args, thread) -> thread.interrupt();

    /** Ends the call that {@code self} is in with {@code args}, on {@code thread}. */
    void abort(@Nullable Object self, Object @Nullable [] args, Thread thread) throws Throwable;
  }

  /** Names the text of a call, from its receiver and arguments. */
  @FunctionalInterface
  public interface Text {
    /** The statement, topic, tool or command; with literals, since rules match on it. */
    @Nullable String of(@Nullable Object self, Object @Nullable [] args);

    /** Whether it is a call at all, and not only what leads to one of another boundary. */
    default boolean isCall(@Nullable Object self) {
      return true;
    }
  }

  final Kind kind;
  private final Gatekeeper gatekeeper;
  private final @Nullable Function<Class<?>, @Nullable Adapter> adapters;
  private final @Nullable Text text;
  private final @Nullable Abort abort;

  /**
   * A boundary's call site.
   *
   * @param adapters finds the adapter that reads the traffic, by the receiver's class; {@code null}
   *     when nothing is read
   * @param text names a call when no adapter does; {@code null} for the label
   * @param abort {@code null} for calls that finish
   */
  public CallSite(
      Gatekeeper gatekeeper,
      String boundary,
      String label,
      Kind kind,
      @Nullable Function<Class<?>, @Nullable Adapter> adapters,
      @Nullable Text text,
      @Nullable Abort abort) {
    super(boundary, label);
    this.gatekeeper = gatekeeper;
    this.kind = kind;
    this.adapters = adapters;
    this.text = text;
    this.abort = abort;
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    return text == null || text.isCall(self) ? gatekeeper.admit(this, self, args) : null;
  }

  /** The run of threads that work for none. */
  final Run root() {
    return gatekeeper.root();
  }

  /** What kind of call this one is; some sites learn that from the arguments. */
  Kind kindOf(@Nullable Object self, Object @Nullable [] args) {
    return kind;
  }

  /**
   * Met inside {@code outer}, which was decided about; may throw as a refusal does.
   *
   * @return what settles this frame, {@code null} for nothing
   */
  @Nullable Ticket nested(
      InFlight outer, Slot slot, @Nullable Object self, Object @Nullable [] args) {
    return null;
  }

  /** A stop that bars this call although its own run goes on; {@code null} for none. */
  @Nullable Stop barred(@Nullable Object self, Object @Nullable [] args, Kind actual) {
    return null;
  }

  /** Whether it passes although its run is stopped, because it undoes or ends what may remain. */
  boolean mayStill(InFlight call) {
    return false;
  }

  /** Makes a refusal safe before it is thrown; {@code null} when nothing has to be done. */
  Ending.@Nullable Undone undo(@Nullable Object self, Object @Nullable [] args, Kind actual)
      throws Exception {
    return null;
  }

  /** The same, for what its exchange alone knows. */
  Ending.@Nullable Undone undo(InFlight call) throws Exception {
    return undo(call.self, call.args, call.kind);
  }

  /** Whether a call that was aborted and returns all the same has done its work. */
  boolean answersByReturning() {
    return false;
  }

  /** The call is over. */
  void left(InFlight call, @Nullable Object result, @Nullable Throwable thrown) {}

  final void refuseNested(
      InFlight outer, Stop stop, Slot slot, @Nullable Object self, Object @Nullable [] args) {
    gatekeeper.refuseNested(
        new InFlight(outer.run, this, kindOf(self, args), slot, self, args, null), stop);
  }

  /** Whether it reads traffic. */
  boolean isWire() {
    return adapters != null;
  }

  /** What is about to be sent; {@code null} when this call sends nothing by itself. */
  @Nullable Exchange open(@Nullable Object self, Object @Nullable [] args) {
    Adapter adapter = adapters == null || self == null ? null : adapters.apply(self.getClass());
    return adapter == null ? null : adapter.open(self, args);
  }

  /** What rules match on. */
  String text(InFlight call) {
    Exchange exchange = call.exchange;
    if (exchange != null) {
      return exchange.method().isEmpty()
          ? Targets.name(exchange.url())
          : exchange.method() + ' ' + Targets.url(exchange.url());
    }
    String named = text == null ? null : text.of(call.self, call.args);
    return named == null ? label() : named;
  }

  /** What people are shown. */
  String target(InFlight call) {
    String named = text(call);
    return kind == Kind.SQL || kind == Kind.COMMIT ? Targets.sql(named) : named;
  }

  /** Whether nobody can tell what an aborted call of this site did. */
  boolean ambiguous(InFlight call) {
    return switch (call.kind) {
      case LLM, SQL -> false; // Neither asking a model nor a cancelled statement changes anything.
      case TOOL -> call.exchange != null; // One elsewhere, of which nobody knows when it is sent.
      case HTTP -> !Policy.safe(call);
      default -> true;
    };
  }

  /** Whether who waits for it is to see how it ends: not of what only opens the way. */
  boolean isAwaited(InFlight call) {
    return true;
  }

  /** Whether an abort interrupts the calling thread. */
  boolean interrupts() {
    return abort == Abort.INTERRUPT;
  }

  /** Whether the library says that it has nothing to end a call by: then the call finishes. */
  boolean isUnable(Throwable fault) {
    return false;
  }

  /**
   * Nobody is to read on: counts what has come and lies here unread.
   *
   * @return whether nobody is reading
   */
  boolean givesUp(InFlight call, boolean stopped) {
    Exchange exchange = call.exchange;
    if (exchange == null || call.status() == 0 || !call.counts() || call.isOver()) {
      return false;
    }
    try {
      return exchange.giveUp(stopped);
    } catch (LinkageError | RuntimeException fault) {
      gatekeeper.fault("counting what has come at " + label(), fault);
      return false;
    }
  }

  /**
   * Has a call that nobody reads any more keep no more set aside than has come of it.
   *
   * @return whether it is one
   */
  boolean letsGo(InFlight call) {
    Exchange exchange = call.exchange;
    try {
      if (exchange == null || !call.counts() || call.isOver() || !exchange.isLeft()) {
        return false;
      }
    } catch (LinkageError | RuntimeException fault) {
      gatekeeper.fault("asking who reads at " + label(), fault);
      return false;
    }
    givesUp(call, false);
    call.left();
    return true;
  }

  void abort(InFlight call) {
    try {
      if (call.exchange != null) {
        boolean unread = givesUp(call, true);
        call.exchange.abort();
        if (unread || (call.status() != 0 && call.exchange.mayBeLeft())) {
          call.closedEarly(); // Nobody need ever come to read the rest.
        }
      } else if (abort != null) {
        abort.abort(call.self, call.args, call.slot.thread);
      }
    } catch (Throwable fault) {
      if (!isUnable(fault)) {
        gatekeeper.fault("aborting " + label(), fault);
      }
    }
  }
}
