package io.belay.agent.run;

import io.belay.api.RunStoppedException;
import io.belay.boot.Exchange;
import io.belay.boot.Keeper;
import io.belay.boot.Skip;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides: which run a call belongs to, whether it may begin, what a refused caller sees. The only
 * place that catches everything, so that no fault of Belay's reaches the application.
 */
public final class Gatekeeper extends Keeper {
  private final Runs runs;
  private final Refusals refusals;
  private final AtomicLong faults = new AtomicLong();
  private volatile Site[] sites = new Site[0];
  private volatile Traffic traffic = Traffic.NONE;

  Gatekeeper(Runs runs) {
    this.runs = runs;
    this.refusals = new Refusals(runs);
  }

  /** Takes {@code site} up and gives it its number. Before any class is woven with it. */
  public synchronized int take(Site site) {
    Site[] more = Arrays.copyOf(sites, sites.length + 1);
    site.taken(sites.length);
    more[sites.length] = site;
    sites = more;
    return site.number();
  }

  /**
   * Keeps the numbers that an earlier one gave: methods woven then may still be in execution, and
   * come back out by them. Before {@link #take}.
   */
  public synchronized void follow(Gatekeeper earlier) {
    sites = earlier.sites.clone();
  }

  /** All sites that were taken up. */
  public Site[] sites() {
    return sites.clone();
  }

  /** Who reads and budgets the traffic of language models. */
  public void traffic(Traffic reader) {
    traffic = reader;
  }

  /** Faults of Belay's own that were survived. */
  public long faults() {
    return faults.get();
  }

  /** How many calls of a kind were refused since the start. */
  public long refused(Kind kind) {
    return refusals.count(kind);
  }

  @Override
  public @Nullable Object enter(int number, @Nullable Object self, Object @Nullable [] args) {
    try {
      Site site = sites[number < 0 ? ~number : number];
      if (site instanceof SqlSite statement) { // Which is inlined then, whatever else there is.
        return statement.entered(self, args);
      }
      return site.entered(self, args);
    } catch (RunStoppedException refusal) {
      throw refusal;
    } catch (Refusals.Instead refusal) {
      throw Refusals.asIs(refusal.thrown);
    } catch (Throwable fault) {
      fault("entering site " + number, fault);
      return null;
    }
  }

  @Override
  public @Nullable Object exit(Object ticket, @Nullable Object result, @Nullable Throwable thrown) {
    try {
      if (ticket instanceof Lane lane) {
        return lane.exit(result, thrown);
      }
      return ticket instanceof Skip skip ? skip.result : ((Ticket) ticket).exit(result, thrown);
    } catch (RunStoppedException refusal) {
      throw refusal;
    } catch (Throwable fault) {
      fault("leaving a site", fault);
      return result;
    }
  }

  @Override
  public void check(int number, @Nullable Object self) {
    try {
      Site site = sites[number < 0 ? ~number : number];
      site.asked();
      site.check(self);
    } catch (RunStoppedException refusal) {
      throw refusal;
    } catch (Throwable fault) {
      if (fault.getCause() instanceof RunStoppedException) { // As the client's own threads bear it.
        throw Gatekeeper.<RuntimeException>unchecked(fault);
      }
      fault("checking site " + number, fault);
    }
  }

  @Override
  public @Nullable Object carry(int number, @Nullable Object self, @Nullable Object task) {
    try {
      return sites[number < 0 ? ~number : number].carried(self, task);
    } catch (RunStoppedException refusal) {
      throw refusal;
    } catch (Throwable fault) {
      fault("handing over at site " + number, fault);
      return task;
    }
  }

  @Override
  public void opened(int number, @Nullable Object self, @Nullable Object made) {
    try {
      Site site = sites[number < 0 ? ~number : number];
      if (!site.onlyInRuns || Carrier.working() != null) {
        site.opened(self, made);
      }
    } catch (Throwable fault) {
      fault("noting site " + number, fault);
    }
  }

  /** The method woven is free to throw it. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  void fault(String during, Throwable fault) {
    faults.incrementAndGet();
    try {
      runs.journal().fault(during, fault);
    } catch (Throwable lost) {
      // Nothing is left to tell it to, and the application must not be the one to hear of it.
    }
  }

  Run root() {
    return runs.root();
  }

  /** The run that {@code slot}'s thread works for. */
  Run current(@Nullable Slot slot) {
    Run run = slot == null ? null : slot.run;
    return run == null ? runs.root() : run.live();
  }

  /** What to throw in place of what an SDK made of a stop; {@code null} for errors of its own. */
  @Nullable RuntimeException instead(Run run, Throwable thrown, Site site) {
    RuntimeException refusal = Refusals.inside(thrown);
    if (refusal != null) {
      return refusal == thrown ? null : refusal;
    }
    try {
      check(run, site.label());
      return null;
    } catch (RunStoppedException stopped) {
      stopped.addSuppressed(thrown);
      return stopped;
    }
  }

  /** As {@link #check}, for a way that leads to a call of {@code kind}, which then is refused. */
  void ask(Run run, @Nullable Kind kind, String what) {
    try {
      check(run, what);
    } catch (RunStoppedException refusal) {
      Stop stop = run.live().stopped();
      if (kind != null && stop != null) {
        refusals.count(run.live(), kind, stop, what);
      }
      throw refusal;
    }
  }

  /** An application's own question, or a retry inside a client: passes or throws. */
  void check(Run run, String what) {
    Stop stop = run.live().stopped();
    if (stop != null) {
      refusals.check(run.live(), stop, Carrier.slot(), what);
    }
  }

  /**
   * A boundary call is about to begin.
   *
   * @return the ticket, a {@link io.belay.boot.Skip}, or {@code null} when nothing needs settling
   * @throws RunStoppedException when it is refused
   */
  @Nullable Object admit(CallSite site, @Nullable Object self, Object @Nullable [] args) {
    Slot slot = Carrier.slot();
    Run run = slot.run;
    InFlight outer = slot.call();
    if (run == runs.none()) {
      return null;
    }
    if (outer != null
        && site.kind.encloses()
        && outer.kind.covers(site.kind)
        && !outer.adopts(site)) {
      return site.nested(outer, slot, self, args);
    }
    Exchange exchange = null;
    Kind kind = site.kindOf(self, args);
    if (site.isWire()) {
      try {
        exchange = site.open(self, args);
        if (exchange == null) {
          return null;
        }
        if (exchange.tap() instanceof InFlight earlier && !earlier.isOver()) {
          return again(earlier, slot);
        }
        kind = traffic.kindOfStep(exchange, kind);
        Skip later = exchange.postponed();
        if (later != null) {
          return later; // It comes back once its body is there.
        }
      } catch (RunStoppedException refusal) {
        throw refusal;
      } catch (LinkageError | RuntimeException fault) {
        // What cannot be read is decided about all the same.
        fault("reading a call at " + site.label(), fault);
      }
    }
    InFlight call =
        new InFlight(run == null ? runs.root() : run, site, kind, slot, self, args, exchange);
    Stop stop = Joining.join(call);
    stop = stop == null ? site.barred(self, args, kind) : stop;
    if (stop != null && exchange != null && !exchange.sends()) {
      call.kind = leadsTo(call, exchange); // A rule for models is one for all their steps.
    }
    if (stop != null && refusals.passes(call, stop, slot)) {
      call.kind = kind;
    } else if (stop != null) {
      boolean proceeds = false;
      try {
        proceeds = refusals.undo(call, stop, slot);
        if (!proceeds) {
          return refusals.refuse(call, stop, slot);
        }
      } finally {
        if (!proceeds) {
          call.withdraw(); // Not before: what is rolled back first is the run's work, too.
        }
      }
    }
    slot.refusals = 0;
    try {
      return begin(call, slot);
    } catch (Throwable fault) {
      call.done(fault);
      throw fault;
    }
  }

  /** What a step that only opens the way opens it to. */
  private Kind leadsTo(InFlight call, Exchange exchange) {
    try {
      return traffic.kindOf(exchange, call.kind);
    } catch (LinkageError | RuntimeException fault) {
      fault("reading a call at " + call.site.label(), fault);
      return call.kind;
    }
  }

  /** Nothing speaks against it but, at most, its budget. */
  private @Nullable Object begin(InFlight call, Slot slot) {
    if (!call.leavesLater()) {
      RunStoppedException spent = meter(call);
      if (spent != null) {
        return refusals.deliver(call, spent);
      }
    }
    Exchange exchange = call.exchange;
    if (exchange != null) {
      exchange.tap(call);
      if (exchange.handle() != null) {
        CheckSite.BY_HANDLE.put(exchange.handle(), call);
      }
    }
    Stop stop = call.run.stopped();
    if (stop != null && call.isAborted()) {
      // It came since, and its abort before there was anything to abort.
      RuntimeException ended = refusals.aborted(call, stop);
      call.done(ended);
      return refusals.deliver(call, ended);
    }
    call.enter(slot);
    return call;
  }

  /** Sets aside what it may use; answers the refusal of a budget that is spent. */
  private @Nullable RunStoppedException meter(InFlight call) {
    if (call.kind == Kind.LLM || call.kind == Kind.TOOL) {
      try {
        traffic.reserve(call);
        Carrier.slot().meetsNone();
      } catch (RunStoppedException spent) {
        call.withdraw();
        return Carrier.slot().meets(spent);
      } catch (LinkageError | RuntimeException fault) {
        fault("metering a call at " + call.site.label(), fault);
      }
    }
    if (call.kind == Kind.LLM && runs.hadRuns()) {
      Requests.calls(call.run);
    }
    return null;
  }

  /**
   * An attempt of a call that was admitted before its body was there. Its kind is settled before
   * the verdict is read, so a stop that this does not see finds it as what it is.
   */
  void leaving(InFlight call, boolean first) {
    if (first && call.exchange != null) {
      try {
        call.kind = traffic.kindOf(call.exchange, call.site.kind);
      } catch (LinkageError | RuntimeException fault) {
        fault("reading a call at " + call.site.label(), fault);
      }
      RunStoppedException spent = meter(call);
      if (spent != null) {
        refusals.count(call);
        Refusals.tellingSpent(call);
        throw spent;
      }
    }
    try {
      sending(call.site.label(), call);
    } finally {
      LlmMeter.lateFor(call);
    }
  }

  /** Refuses a call although the one around it was let through; or lets it pass. */
  void refuseNested(InFlight call, Stop stop) {
    call.run = stop.report().run();
    if (!refusals.passes(call, stop, call.slot) && !refusals.undo(call, stop, call.slot)) {
      refusals.refuse(call, stop, call.slot);
    }
  }

  /** A second step of a call that was admitted: its client asks for the answer. */
  private @Nullable Object again(InFlight earlier, Slot slot) {
    Stop stop = earlier.run.stopped();
    if (stop != null && earlier.isAborted()) {
      stop.report().refused(earlier.kind);
      return refusals.refuse(earlier, stop, slot);
    }
    earlier.enter(slot);
    return earlier;
  }

  /** The innermost hook of a client, for every attempt it makes: passes or throws. */
  void sending(String label, @Nullable InFlight call) {
    Slot slot = Carrier.slot();
    Run run = call == null ? current(slot) : call.run;
    Stop stop = run == runs.none() ? null : run.stopped();
    if (stop != null && (call == null || !call.passes(stop))) {
      try {
        refusals.check(run, stop, slot, call == null ? label : call.target());
      } catch (RunStoppedException refusal) {
        if (call != null) {
          call.cut();
        }
        throw refusal;
      }
    }
    if (call != null) {
      call.sending();
    }
  }

  /** Whether a rule of the configuration allows it. */
  boolean isAllowed(InFlight call) {
    return refusals.allowed(call);
  }

  /** What a caller sees whose call in flight was ended by the stop. */
  RuntimeException aborted(InFlight call, Stop stop) {
    return refusals.aborted(call, stop);
  }
}
