package io.belay.agent.run;

import io.belay.api.RunStoppedException;
import io.belay.boot.Exchange;
import io.belay.boot.Tap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One call that has begun and is not over: what a stop must abort or wait for, and what the report
 * accounts for. It is also the ticket that woven code carries from enter to exit, and the tap that
 * an adapter shows the answer to.
 *
 * <p>It is over once. Between {@link #BEGUN} and {@link #OVER} an abort may be under way; whoever
 * finishes waits for that abort to return, because an abort that arrives late would hit whatever
 * its connection does next.
 */
public final class InFlight extends Link implements Tap, Ticket {
  private static final int BEGUN = 0;
  private static final int ABORTING = 1;
  private static final int ABORTED = 2;
  private static final int OVER = 3;
  private static final int OVER_ABORTED = 4;

  /** Causes may be circular. */
  private static final int DEEPEST_CAUSE = 16;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(InFlight.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final CallSite site;
  final Kind kind;
  final @Nullable Object self;
  final Object @Nullable [] args;
  final @Nullable Exchange exchange;
  final Slot slot;
  final long beganNanos;

  /** The innermost receiver met inside it: the driver's own statement or connection. */
  @Nullable Object inner;

  /** What was done in its place, when it was refused. */
  Ending.@Nullable Undone undone;

  /** The run it was admitted for. Final once others can see it. */
  Run run;

  /** The shield that the caller was in, or {@code null}. */
  final @Nullable Shield shield;

  /** It passes although its run is stopped: by an allow rule or inside a shield. */
  boolean allowed;

  /** What the call is metered by, when it is a call of a language model. */
  LlmMeter llm = LlmMeter.NONE;

  /** The call that the thread was in before; only a tool is called inside one. */
  private @Nullable InFlight outer;

  private volatile int state;

  /** Whether the request's head was let out; then nobody knows what an aborted write did. */
  private volatile boolean sent;

  /** What its reader is told when it was aborted for another reason than the stop of its run. */
  private volatile @Nullable RuntimeException reason;

  private volatile int status;
  private boolean wired;

  /** The thread that aborts it; what ends on that very thread must not wait for it. */
  private volatile @Nullable Thread aborter;

  /** It ended on the aborter's own thread. */
  private boolean endedByAbort;

  private volatile @Nullable Abandoned reader;
  private volatile boolean failed;

  /** Whether the answer was read to its end, as far as its reader says. */
  private volatile boolean seenEnd;

  InFlight(
      Run run,
      CallSite site,
      Kind kind,
      Slot slot,
      @Nullable Object self,
      Object @Nullable [] args,
      @Nullable Exchange exchange) {
    this.run = run;
    this.site = site;
    this.kind = kind;
    // An exchange knows what it needs; what it lets go of must not be held here.
    this.self = exchange == null ? self : null;
    this.args = exchange == null ? args : null;
    this.exchange = exchange;
    this.shield = slot.shield;
    this.slot = slot;
    this.beganNanos = System.nanoTime();
  }

  /** What it calls: method and URL, the statement without literals, the tool's name. */
  public String target() {
    return site.target(this);
  }

  /** What is sent and answered; {@code null} when nobody reads it. */
  public @Nullable Exchange exchange() {
    return exchange;
  }

  /** Whether its request was let out. */
  public boolean wasSent() {
    return sent;
  }

  /** Counts its answer by {@code meter} from now on. */
  public void meteredBy(LlmMeter meter) {
    llm = meter;
  }

  /** What kind of call it is. */
  public Kind kind() {
    return kind;
  }

  /** The run it belongs to. */
  public Run run() {
    return run;
  }

  /** When it began. */
  public Instant startedAt() {
    return run.runs.clock.now().minusNanos(run.runs.clock.nanos() - beganNanos);
  }

  /** How the answer began, as the protocol numbers it; 0 when there is none yet. */
  public int status() {
    return status;
  }

  /** The calling thread is in it from now on, until {@link #exit}. */
  void enter(Slot thread) {
    if (exchange != null && exchange.async()) {
      return;
    }
    outer = thread.call == this ? outer : thread.call;
    thread.call = kind.encloses() ? this : null;
  }

  @Override
  public @Nullable Object exit(@Nullable Object result, @Nullable Throwable thrown) {
    Slot thread = Carrier.slot();
    if (thread.call == this || !kind.encloses()) {
      thread.call = outer;
    }
    if (thrown != null && exchange != null) {
      exchange.threw(thrown);
    }
    if (thrown != null || exchange == null) {
      site.left(this, thrown);
      over(thrown != null);
    }
    RuntimeException stopped = thrown == null ? null : instead(thrown);
    if (stopped != null) {
      throw stopped;
    }
    return thrown != null || exchange == null ? result : exchange.returned(result);
  }

  /**
   * Whether the innermost hook is to show its traffic: once for each call, at the first attempt.
   */
  boolean wired() {
    if (wired || isOver()) {
      return false;
    }
    wired = true;
    return true;
  }

  /** Whether a rule or a shield lets it pass although its run is stopped. */
  boolean passes(Stop stop) {
    return allowed || (shield != null && shield.holds(stop.nanos(), run.runs.clock.nanos()));
  }

  /** Whether {@code inner}, met inside this call, is to be attached to it rather than passed. */
  boolean adopts(CallSite inner) {
    return false;
  }

  @Override
  public boolean isOver() {
    return state >= OVER;
  }

  /** Whether Belay ended it, or is about to. */
  boolean isAborted() {
    int seen = state;
    return seen == ABORTING || seen == ABORTED || seen == OVER_ABORTED;
  }

  /** The innermost hook says that the request leaves now. */
  void sending() {
    sent = true;
  }

  /** How it stands, in the words of the report. */
  Outcome outcome() {
    int seen = state;
    if (seen == BEGUN) {
      return Outcome.IN_FLIGHT;
    }
    if (seen == OVER || (seen == OVER_ABORTED && !failed && site.answersByReturning())) {
      return failed ? Outcome.FAILED : Outcome.COMPLETED;
    }
    return site.ambiguous(this) && sent ? Outcome.UNKNOWN : Outcome.ABORTED;
  }

  /**
   * Ends it through its own handle, once; any later call does nothing. Runs on a thread of ours.
   *
   * @return whether this call was the one that aborted it
   */
  public boolean abort() {
    return abort(null);
  }

  /**
   * The same, where its reader is to be told of another reason than the stop of its run. May be
   * called by the reader itself.
   */
  boolean abort(@Nullable RuntimeException why) {
    if (!STATE.compareAndSet(this, BEGUN, ABORTING)) {
      return false;
    }
    reason = why;
    aborter = Thread.currentThread();
    try {
      site.abort(this);
    } finally {
      aborter = null;
      state = ABORTED;
    }
    if (endedByAbort) {
      over(true);
    }
    return true;
  }

  /** Takes it out of its run, once. */
  private void over(boolean failure) {
    for (; ; ) {
      int seen = state;
      if (seen >= OVER) {
        return;
      }
      if (seen == ABORTING) {
        if (aborter == Thread.currentThread()) {
          endedByAbort = true;
          return;
        }
        site.awaitAbort(this);
        if (state == ABORTING) {
          return; // The aborter has hung: the stopper will find the call over, or report it.
        }
        continue;
      }
      failed = failure;
      if (STATE.compareAndSet(this, seen, seen == BEGUN ? OVER : OVER_ABORTED)) {
        break;
      }
    }
    Abandoned watch = reader;
    if (watch != null) {
      watch.clear();
    }
    try {
      llm.settle(this, !failed && seenEnd && !isAborted());
    } catch (RuntimeException | LinkageError fault) {
      run.runs.gatekeeper().fault("booking " + site.label(), fault);
    }
    if (exchange != null && exchange.handle() != null) {
      CheckSite.BY_HANDLE.remove(exchange.handle(), this);
    }
    if (run.inFlight.remove(this)) {
      run.lessToDo();
    }
  }

  /** Whether an abort has begun and not returned. */
  boolean beingAborted() {
    return state == ABORTING;
  }

  @Override
  public void answered(int code, @Nullable String contentType, @Nullable String contentEncoding) {
    status = code;
    llm.answered(this, code, contentType, contentEncoding);
  }

  @Override
  public void header(String name, String value) {
    llm.header(name, value);
  }

  @Override
  public void read(byte[] bytes, int offset, int length) {
    llm.read(this, bytes, offset, length);
  }

  @Override
  public void read(ByteBuffer bytes) {
    llm.read(this, bytes);
  }

  @Override
  public void done(@Nullable Throwable failure) {
    seenEnd |= failure == null;
    over(failure != null);
  }

  @Override
  public void closedEarly() {
    over(false);
  }

  @Override
  public void reader(Object body) {
    reader = Abandoned.watch(body, this);
  }

  @Override
  public Object resume() {
    return Carried.Callback.begin(run.live(), shield);
  }

  @Override
  public void pause(Object resumed) {
    ((Carried.Callback) resumed).end();
  }

  @Override
  public @Nullable RuntimeException stopped() {
    RuntimeException why = reason;
    if (why != null) {
      return why;
    }
    Stop stop = run.stopped();
    return stop != null && isAborted() ? run.runs.gatekeeper().aborted(this, stop) : null;
  }

  @Override
  public boolean filters() {
    return llm.filters();
  }

  @Override
  public byte[] filter(byte @Nullable [] bytes, int offset, int length) {
    return llm.filter(this, bytes, offset, length);
  }

  /** What is thrown for a call that was aborted before its body ran. */
  RuntimeException neverBegun() {
    return new CancellationException("aborted before it was sent");
  }

  /** Replaces an error that our own abort caused, or a wrapped refusal, by what it means. */
  @Nullable RuntimeException instead(Throwable thrown) {
    if (thrown instanceof RunStoppedException) {
      return null;
    }
    Throwable cause = thrown.getCause();
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof RunStoppedException refusal) {
        return refusal;
      }
      cause = cause.getCause();
    }
    RuntimeException stopped = stopped();
    if (stopped != null) {
      stopped.addSuppressed(thrown);
    }
    return stopped;
  }
}
