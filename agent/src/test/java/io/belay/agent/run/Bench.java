package io.belay.agent.run;

import io.belay.agent.rule.Limits;
import io.belay.api.Reason;
import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import io.belay.boot.Skip;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Runs in a plain JVM, with a clock that the test turns and a stop that the test carries out step
 * by step. Nothing here starts a thread.
 */
final class Bench implements AutoCloseable {
  final TurnedClock clock = new TurnedClock();
  final List<String> faults = new ArrayList<>();
  final List<StopReport> reported = new ArrayList<>();
  final Deque<Runnable> callsOut = new ArrayDeque<>();
  final Runs runs;
  private final Slot slot = Carrier.slot();

  Bench() {
    this(Policy.defaults());
  }

  Bench(Policy policy) {
    runs = new Runs(clock, policy, Spending.NONE, new Notes(), loop -> {}, callsOut::add);
  }

  /** The defaults, but for one thing. */
  static Policy observing() {
    Policy d = Policy.defaults();
    return new Policy(
        false, d.wake(), d.grace(), d.httpWriteGrace(), d.shieldTimeout(), d.allow(), d.keep());
  }

  static Policy allowing(BiPredicate<Kind, String> rule) {
    Policy d = Policy.defaults();
    return new Policy(
        true, d.wake(), d.grace(), d.httpWriteGrace(), d.shieldTimeout(), List.of(rule), d.keep());
  }

  static Policy keeping(int keep) {
    Policy d = Policy.defaults();
    return new Policy(
        true, d.wake(), d.grace(), d.httpWriteGrace(), d.shieldTimeout(), d.allow(), keep);
  }

  /** Begins a run on this thread, below the one that it is in. */
  Frame open(String id) {
    return Frame.open(runs, id, "", "test", Limits.NONE);
  }

  Run run(String id) {
    Run found = runs.find(id);
    if (found == null) {
      throw new AssertionError("no run " + id);
    }
    return found;
  }

  Runs.Answer stop(Run run) {
    return runs.stop(run, Reason.USER, "test", "", false);
  }

  /** What the stopper does at this moment, with all that it has others do. */
  void step() {
    runs.stopper().step();
    for (Runnable next = callsOut.poll(); next != null; next = callsOut.poll()) {
      next.run();
    }
    runs.stopper().step();
  }

  /** This thread works for {@code run}, until {@link #leave}. */
  void in(Run run) {
    slot.run = run;
  }

  void leave() {
    slot.run = null;
    slot.callIs(null);
    slot.work = null;
    slot.shield = null;
    slot.refusals = 0;
  }

  Boundary boundary(Kind kind) {
    return new Boundary(kind, null);
  }

  Boundary http(String method) {
    return new Boundary(Kind.HTTP, method);
  }

  @Override
  public void close() {
    leave();
  }

  /** A call site whose calls the test begins and ends. */
  final class Boundary {
    final List<Object> aborted = new ArrayList<>();
    final CallSite site;
    RuntimeException abortThrows;
    Runnable onAbort = () -> {};
    Error refusalThrows;
    boolean async;

    private Boundary(Kind kind, String method) {
      Adapter adapter = method == null ? null : new Requests(method);
      site =
          new CallSite(
              runs.gatekeeper(),
              "test",
              "Test." + kind,
              kind,
              adapter == null ? null : type -> adapter,
              (self, args) -> String.valueOf(self),
              (self, args, thread) -> abort(self));
      runs.gatekeeper().take(site);
    }

    private void abort(Object self) {
      aborted.add(self);
      onAbort.run();
      if (abortThrows != null) {
        throw abortThrows;
      }
    }

    /** Enters it as woven code does, from wherever this thread is. */
    InFlight enter(String text) {
      return (InFlight) runs.gatekeeper().enter(site.number(), text, new Object[0]);
    }

    void exit(InFlight call) {
      runs.gatekeeper().exit(call, null, null);
    }

    private final class Requests extends Adapter {
      private final String method;

      Requests(String method) {
        this.method = method;
      }

      @Override
      public Exchange open(Object self, Object[] args) {
        return new Request(method, String.valueOf(self), Boundary.this);
      }
    }
  }

  /** A request whose answer comes when the test says so. */
  static final class Request extends Exchange {
    private final String method;
    private final String url;
    private final Boundary boundary;

    Request(String method, String url, Boundary boundary) {
      this.method = method;
      this.url = url;
      this.boundary = boundary;
    }

    @Override
    public String method() {
      return method;
    }

    @Override
    public String url() {
      return url;
    }

    @Override
    public String header(String name) {
      return null;
    }

    @Override
    public byte[] body() {
      return null;
    }

    @Override
    public boolean async() {
      return boundary.async;
    }

    @Override
    public Skip refused(RuntimeException why) {
      if (boundary.refusalThrows != null) {
        throw boundary.refusalThrows;
      }
      return super.refused(why);
    }

    @Override
    public void abort() {
      boundary.abort(url);
    }
  }

  static final class TurnedClock implements Clock {
    private long nanos = -5_000_000_000L; // An arbitrary origin may be below zero.

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(nanos);
    }

    void turn(Duration by) {
      nanos += by.toNanos();
    }
  }

  private final class Notes implements Runs.Journal {
    @Override
    public void stopped(StopReport report) {
      reported.add(report);
    }

    @Override
    public void fault(String during, Throwable thrown) {
      faults.add(during + ": " + thrown);
    }
  }

  static Map<String, Long> refused(Run run) {
    return run.stopping().report().refused();
  }
}
