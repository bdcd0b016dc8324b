package io.belay.agent.run;

import io.belay.boot.Exchange;
import io.belay.boot.Tap;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call that has begun and is not over: what a stop must abort or wait for, and what the report
 * accounts for. It is also the ticket that woven code carries from enter to exit, and the tap that
 * an adapter shows the answer to.
 */
public final class InFlight extends Fate implements Tap, Ticket {
  CallSite site;

  /** What it is, as far as is known: of a request that leaves later the body may tell. */
  volatile Kind kind;

  @Nullable Object self;
  Object @Nullable [] args;
  final @Nullable Exchange exchange;
  final Slot slot;
  long beganNanos;

  /** The innermost receiver met inside it: the driver's own statement or connection. */
  @Nullable Object inner;

  /** Whether it was aborted and its far side has not said that nothing of it remains. */
  boolean undecided;

  Ending.@Nullable Undone undone; // What was done in its place, when it was refused.
  Run run; // It was admitted for. Final once others can see it.

  /** The shield that the caller was in, or {@code null}. */
  @Nullable Shield shield;

  /** Until when it passes although its run is stopped, if {@link #allowed}. */
  private long allowedUntil; // Written before allowed.

  /** It passes although its run is stopped, by an allow rule or where nothing may be thrown. */
  volatile boolean allowed;

  /** What the call is metered by, when it is a call of a language model. */
  LlmMeter llm = LlmMeter.NONE;

  private @Nullable InFlight outer; // What the thread was in before; only a tool has calls inside.
  private volatile boolean sent; // Then nobody knows what an aborted write did.
  private volatile int status;
  private boolean wired;
  private boolean known; // Of the thread that sends it.
  private volatile @Nullable Abandoned reader;
  private volatile boolean touched; // Whether any of the answer's body was read.
  private volatile boolean seenEnd; // Whether all of it was, as far as its reader says.

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
    Clock clock = run.runs.clock;
    this.beganNanos = kind == Kind.SQL && clock == Clock.SYSTEM ? Ticks.now() : clock.nanos();
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
    outer = thread.call() == this ? outer : thread.call();
    thread.callIs(kind.encloses() ? this : null);
  }

  @Override
  public @Nullable Object exit(@Nullable Object result, @Nullable Throwable thrown) {
    // Only what an exchange began on one thread is taken up by another.
    Slot thread = exchange == null ? slot : Carrier.slot();
    if (thread.call() == this || !kind.encloses()) {
      thread.callIs(outer);
    }
    if (thrown != null && exchange != null) {
      exchange.threw(thrown);
    }
    if (thrown != null || exchange == null) {
      try {
        site.left(this, result, thrown);
      } finally {
        ended(thrown != null, site.answersByReturning());
      }
    }
    RuntimeException stopped = thrown == null ? null : instead(thrown);
    if (stopped != null) {
      throw stopped;
    }
    if (kind == Kind.TOOL && thrown == null && !allowed) {
      // A tool that swallowed a refusal must not have it told to the model as its result.
      run.runs.gatekeeper().check(run, kind + " " + target());
    }
    return thrown != null || exchange == null ? result : returned(exchange, result);
  }

  /** An answer that cannot be read must not keep the call in flight for ever. */
  private @Nullable Object returned(Exchange of, @Nullable Object result) {
    try {
      return of.returned(result);
    } catch (Throwable fault) {
      ended(true, false);
      throw fault;
    }
  }

  /**
   * Whether the innermost hook is to show its traffic: once for each call, at the first attempt,
   * unless each attempt is made up anew.
   */
  boolean wired() {
    if (isOver() || exchange == null || (wired && !exchange.eachAttempt())) {
      return false;
    }
    wired = true;
    return true;
  }

  /** Whether {@code inner}, met inside this call, is to be attached to it rather than passed. */
  boolean adopts(CallSite inner) {
    return false;
  }

  /** A rule lets it pass, until then on the clock. */
  void allow(long untilNanos) {
    allowedUntil = untilNanos;
    allowed = true;
  }

  /** Whether a rule or a shield protects it from a stop that came at {@code stopNanos}. */
  boolean isProtected(long stopNanos, long nowNanos) {
    return (allowed && nowNanos - allowedUntil < 0)
        || (shield != null && shield.holds(stopNanos, nowNanos));
  }

  /** Whether a rule or a shield lets it pass although its run is stopped. */
  boolean passes(Stop stop) {
    return isProtected(stop.nanos(), run.runs.clock.nanos());
  }

  /** It must not begin after all. */
  void withdraw() {
    if (neverBegan()) {
      leave();
    }
  }

  /** Whether its end is told to somebody who waits elsewhere. */
  boolean isAsync() {
    return exchange != null && exchange.async();
  }

  /** Whether its request leaves after the woven method has returned. */
  boolean leavesLater() {
    return exchange != null && exchange.leavesLater();
  }

  /** Whether a stop may end it at once, since nothing of it has left. */
  boolean isStillHere() {
    return leavesLater() && !sent;
  }

  @Override
  public void leaving() {
    boolean first = leavesLater() && !known;
    known = true;
    run.runs.gatekeeper().leaving(this, first);
  }

  /** The innermost hook says that the request leaves now, perhaps not for the first time. */
  void sending() {
    if (sent) {
      llm.again(this);
    }
    sent = true;
  }

  /**
   * Whether its run waits for it: not for an answer that has come, that nobody reads and that need
   * not be closed. A model's is waited for, since it is counted as it is read.
   */
  boolean holds() {
    return exchange == null || kind == Kind.LLM || status == 0 || touched || !exchange.mayBeLeft();
  }

  /** How it stands, in the words of the report. */
  Outcome outcome() {
    boolean out = sent || exchange == null;
    Outcome outcome = outcome((out || kind == Kind.TOOL) && site.ambiguous(this));
    boolean lost = outcome == Outcome.FAILED && exchange != null && status == 0;
    return lost && out && site.ambiguous(this) ? Outcome.UNKNOWN : outcome;
  }

  @Override
  void abortNow() {
    site.abort(this);
  }

  /** The handle of an exchange is its own; that of a statement is also the next one's. */
  @Override
  boolean abortCanStray() {
    return exchange == null;
  }

  /** Takes it out of its run, once. */
  void ended(boolean failure, boolean whole) {
    if (end(failure, whole)) {
      Abandoned watch = reader;
      if (watch != null) {
        watch.clear();
      }
      if (isAborted() && site.interrupts() && Thread.currentThread() == slot.thread) {
        Thread.interrupted(); // It was meant for this call, and a pooled thread must not keep it.
      }
      try {
        llm.settle(this, !failure && seenEnd && !isAborted());
      } finally {
        leave();
      }
    }
  }

  private void leave() {
    Object handle = exchange == null ? null : exchange.handle();
    if (handle != null) {
      CheckSite.BY_HANDLE.remove(handle, this);
    }
    if (run.inFlight.remove(this)) {
      run.lessToDo();
    }
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
    touch();
    llm.read(this, bytes, offset, length);
  }

  @Override
  public void read(ByteBuffer bytes) {
    touch();
    llm.read(this, bytes);
  }

  private void touch() {
    if (!touched) {
      touched = true;
    }
  }

  @Override
  public void done(@Nullable Throwable failure) {
    seenEnd |= failure == null;
    ended(failure != null, failure == null);
  }

  @Override
  public void unread(long bytes, boolean packed) {
    llm.unread(this, bytes, packed);
  }

  @Override
  public void left() {
    llm.left(this);
  }

  @Override
  public long waiting(Object connection) {
    return Backlog.of(connection);
  }

  @Override
  public void closedEarly() {
    ended(false, false);
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
    RuntimeException why = why();
    Stop stop = why == null ? run.stopped() : null;
    return stop != null && isAborted() ? run.runs.gatekeeper().aborted(this, stop) : why;
  }

  @Override
  public boolean counts() {
    return llm != LlmMeter.NONE;
  }

  @Override
  public boolean failed() {
    return llm.failed();
  }

  @Override
  public boolean filters() {
    return llm.filters();
  }

  @Override
  public byte[] filter(byte @Nullable [] bytes, int offset, int length) {
    return llm.filter(this, bytes, offset, length);
  }

  /** Replaces an error that our own abort caused, or a wrapped refusal, by what it means. */
  @Nullable RuntimeException instead(Throwable thrown) {
    RuntimeException refusal = Refusals.inside(thrown);
    if (refusal != null) {
      return refusal == thrown ? null : refusal;
    }
    RuntimeException stopped = stopped();
    if (stopped != null) {
      stopped.addSuppressed(thrown);
    }
    return stopped;
  }
}
