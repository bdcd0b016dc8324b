package io.belay.agent.run;

import io.belay.api.RunStoppedException;
import io.belay.boot.Exchange;
import io.belay.boot.Skip;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Whether a call of a stopped run passes all the same, and what happens when it does not. */
final class Refusals {
  /** Refusals in a row of one thread after which the trace is left out. */
  private static final int STACKS = 8;

  /** Refusals in a row after which the thread is made to wait, longer each time. */
  private static final int PATIENCE = 32;

  /** Causes may be circular. */
  private static final int DEEPEST_CAUSE = 16;

  private static final long LONGEST_WAIT = 100_000_000;
  private static final StackWalker WALKER = StackWalker.getInstance();

  private final Runs runs;
  private final AtomicLongArray counts = new AtomicLongArray(Kind.values().length);
  private final Observed observed;

  Refusals(Runs runs) {
    this.runs = runs;
    this.observed = runs.observed();
  }

  /** The refusal that {@code thrown} is or was caused by; {@code null} for other errors. */
  static @Nullable RunStoppedException inside(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof RunStoppedException refusal) {
        return refusal;
      }
      cause = cause.getCause();
    }
    return null;
  }

  /** Whether a rule, a shield or the mode lets it pass. */
  boolean passes(InFlight call, Stop stop, Slot slot) {
    Shield shield = slot.shield;
    if (shield != null && shield.holds(stop.nanos(), runs.clock.nanos())) {
      call.allow(shield.end(stop.nanos()));
      return true;
    }
    if (allowed(call) || call.site.mayStill(call) || (runs.policy.enforce() && initialising())) {
      call.allow(runs.clock.nanos() + runs.policy.shieldTimeout());
      return true;
    }
    if (!runs.policy.enforce()) {
      stop.report().refused(call.kind);
      observed.refused(call);
      return true;
    }
    return false;
  }

  /** A rule that cannot be asked allows nothing. */
  boolean allowed(InFlight call) {
    try {
      return runs.policy.allows(call);
    } catch (Throwable fault) {
      runs.gatekeeper().fault("asking the allow rules", fault);
      return false;
    }
  }

  /** Does and counts what precedes a refusal; answers whether the call then goes on in silence. */
  boolean undo(InFlight call, Stop stop, Slot slot) {
    Ending.Undone undone = undone(call, slot);
    call.undone = undone;
    if ((undone == null || undone.counts()) && !slot.refused(call.exchange)) {
      stop.report().refused(call.kind);
    }
    if (undone != null && undone.rolledBack()) {
      stop.report().rolledBack();
    }
    if (undone != null && undone.proceeds()) {
      if (undone.counts()) {
        counts.incrementAndGet(call.kind.ordinal());
      }
      call.allow(runs.clock.nanos() + runs.policy.shieldTimeout());
      return true;
    }
    return false;
  }

  /** Ends a call that must not begin: by throwing, or in the way its API delivers failure. */
  @Nullable Object refuse(InFlight call, Stop stop, Slot slot) {
    // Work of another run can be in the way; then it is that one which is stopped.
    Run stopped = call.run.stopped() == stop ? call.run : stop.report().run();
    RuntimeException why = refusal(stopped, stop, slot, call.kind, call.kind + " " + call.target());
    Throwable instead = call.undone == null ? null : call.undone.instead();
    if (instead != null) {
      count(call);
      throw new Instead(instead.initCause(why)); // What an API wants does not say why.
    }
    return deliver(call, why);
  }

  /** Carries what an API wants thrown in place of a refusal through code that expects ours. */
  static final class Instead extends RuntimeException {
    private static final long serialVersionUID = 1;

    final transient Throwable thrown;

    private Instead(Throwable thrown) {
      super(null, null, false, false);
      this.thrown = thrown;
    }
  }

  /** Throws it, whatever the compiler thinks of that. */
  @SuppressWarnings("unchecked") // erased: nothing is cast
  static <T extends Throwable> RuntimeException asIs(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** One more call that was refused, somewhere above where it would have been made. */
  void count(Run run, Kind kind, Stop stop, String what) {
    counts.incrementAndGet(kind.ordinal());
    stop.report().refused(kind);
    record(run, kind, what);
  }

  /** A limit refused a call before it brought the stop of {@code run}, whose account has it too. */
  static void counted(Run run, @Nullable Kind kind) {
    Stop stop = run.stopped();
    if (stop != null && kind != null) {
      stop.report().refused(kind);
    }
  }

  /** How many calls of a kind were refused, whatever the reason. */
  long count(Kind kind) {
    return counts.get(kind.ordinal());
  }

  /** One more call that was refused. */
  void count(InFlight call) {
    counts.incrementAndGet(call.kind.ordinal());
    record(call.run, call.kind, call.target());
  }

  private void record(Run run, Kind kind, String what) {
    try {
      runs.recorder().refused(run, kind, what);
    } catch (Throwable fault) {
      runs.gatekeeper().fault("recording a refusal", fault);
    }
  }

  Object deliver(InFlight call, RuntimeException why) {
    // HttpURLConnection asks for the answer once more by itself, to say that there is none.
    if (!call.slot.refuses(call.exchange)) {
      count(call);
    }
    if (call.isAsync()) {
      telling(call);
    }
    Skip skip = call.exchange == null ? null : told(call, call.exchange, why);
    if (skip != null) {
      return skip;
    }
    throw why;
  }

  /** Somebody may wait for it on another thread, and is to hear of it before he is woken. */
  private static void telling(InFlight call) {
    Stop stop = call.run.stopped();
    if (stop != null) {
      stop.report().telling();
    }
  }

  /** The same for what its budget refuses after it was admitted. */
  static void tellingSpent(InFlight call) {
    Stop stop = call.run.stopped();
    if (stop != null) {
      stop.report().tellingSpent();
    }
  }

  /** A library that is not as we know it must not make a refused call pass: it is thrown then. */
  private @Nullable Skip told(InFlight call, Exchange exchange, RuntimeException why) {
    try {
      return exchange.refused(why);
    } catch (Throwable fault) {
      runs.gatekeeper().fault("telling of a refusal at " + call.site.label(), fault);
      return null;
    }
  }

  /** What is done meanwhile is ours, and belongs to no run. */
  private Ending.@Nullable Undone undone(InFlight call, Slot slot) {
    Run outer = slot.run;
    slot.run = runs.none();
    try {
      return call.site.undo(call);
    } catch (Throwable fault) {
      runs.gatekeeper().fault("preparing a refusal at " + call.site.label(), fault);
      return null;
    } finally {
      slot.run = outer;
    }
  }

  /** What is told to whoever waits for a task that was stopped before it began. */
  static RunStoppedException notStarted(Run run) {
    return cutShort(run, "queued task", "a queued task was not started");
  }

  /** What is told to whoever waits for what a stopped run was still to publish. */
  static RunStoppedException notPublished(Run run) {
    return cutShort(run, "subscription", "what it publishes has ended");
  }

  private static RunStoppedException cutShort(Run run, String boundary, String what) {
    Stop stop = Objects.requireNonNull(run.stopped());
    return stop.thrown(run.id(), null, boundary, stop.sentence(run.id()) + "; " + what, true);
  }

  /** Passes or throws, where nothing has to be taken back. */
  void check(Run run, Stop stop, Slot slot, String what) {
    if (!shielded(stop, slot) && runs.policy.enforce() && !initialising()) {
      throw refusal(run, stop, slot, null, what);
    }
  }

  private boolean shielded(Stop stop, Slot slot) {
    return slot.shield != null && slot.shield.holds(stop.nanos(), runs.clock.nanos());
  }

  /** An exception in a static initialiser would make its class unusable for good. */
  private static boolean initialising() {
    return WALKER.walk(frames -> frames.anyMatch(f -> f.getMethodName().equals("<clinit>")));
  }

  private static RuntimeException refusal(
      Run run, Stop stop, Slot slot, @Nullable Kind kind, String what) {
    int row = ++slot.refusals;
    // A thread that serves everybody would make everybody wait.
    if (row > PATIENCE && !Infrastructure.isShared(slot.thread)) {
      slowDown(Math.min((row - PATIENCE) * 1_000_000L, LONGEST_WAIT));
    }
    String message = stop.sentence(run.id()) + "; refused: " + what;
    return trimmed(stop.thrown(run.id(), kind, what, message, row > STACKS));
  }

  /** The trace begins where the application's call does, not inside Belay. */
  private static RuntimeException trimmed(RuntimeException refusal) {
    StackTraceElement[] frames = refusal.getStackTrace();
    int first = 0;
    while (first < frames.length && frames[first].getClassName().startsWith("io.belay.")) {
      first++;
    }
    if (first > 0 && first < frames.length) {
      refusal.setStackTrace(Arrays.copyOfRange(frames, first, frames.length));
    }
    return refusal;
  }

  /** Code that swallows refusals in a loop pays with its own time. */
  private static void slowDown(long nanos) {
    boolean interrupted = Thread.interrupted(); // else park would return at once
    LockSupport.parkNanos(nanos);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  RuntimeException aborted(InFlight call, Stop stop) {
    return told(call, stop, "ended");
  }

  /** For a call whose run was stopped after its verdict was read and before anything was sent. */
  static RuntimeException overtaken(InFlight call, Stop stop) {
    return told(call, stop, "refused");
  }

  private static RuntimeException told(InFlight call, Stop stop, String end) {
    String what = call.kind + " " + call.target();
    String message = stop.sentence(call.run.id()) + "; " + end + ": " + what;
    return trimmed(stop.thrown(call.run.id(), call.kind, what, message, false));
  }
}
