package io.belay.agent.traffic;

import io.belay.agent.llm.Dialects;
import io.belay.agent.llm.Prices;
import io.belay.agent.rule.Limit;
import io.belay.agent.rule.Limits;
import io.belay.agent.rule.OnExceeded;
import io.belay.agent.rule.TokenizerUse;
import io.belay.agent.run.CallSite;
import io.belay.agent.run.CheckSite;
import io.belay.agent.run.Clock;
import io.belay.agent.run.EntrySite;
import io.belay.agent.run.Kind;
import io.belay.agent.run.Policy;
import io.belay.agent.run.Run;
import io.belay.agent.run.Runs;
import io.belay.agent.run.Site;
import io.belay.agent.run.Spending;
import io.belay.agent.run.StopReport;
import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/** Calls the gatekeeper as woven code does, with requests made up by a test. */
final class Rig {
  final List<String> notes = new CopyOnWriteArrayList<>();
  final Runs runs;
  private final CallSite site;
  private final CallSite tool;
  private final EntrySite entry;
  private final CheckSite wire;

  Rig(Spending spending, Policy policy, Pricing.Unknown unknown) {
    runs = new Runs(Clock.SYSTEM, policy, spending, new Journal());
    runs.gatekeeper()
        .traffic(
            new LlmTraffic(
                runs.ledger(),
                Dialects.standard(),
                Prices.shipped(),
                unknown,
                new Tokenizers(TokenizerUse.OFF)));
    site =
        new CallSite(runs.gatekeeper(), "rig", "Rig.call", Kind.HTTP, type -> READER, null, null);
    tool = new CallSite(runs.gatekeeper(), "rig", "Rig.tool", Kind.TOOL, null, null, null);
    entry = new EntrySite(runs, "entrypoint", "Rig.run", 0);
    wire = new CheckSite(runs.gatekeeper(), "rig", "Rig.write", type -> READER);
    List.of(site, tool, entry, wire).forEach(runs.gatekeeper()::take);
  }

  /** One whose runs have these limits, pairs of limit and number. */
  static Rig limited(Object... limits) {
    return limited(OnExceeded.STOP, limits);
  }

  static Rig limited(OnExceeded onExceeded, Object... limits) {
    return new Rig(
        new Spending(limits(limits), Limits.NONE, onExceeded, 32),
        Policy.defaults(),
        Pricing.Unknown.REFUSED);
  }

  static Limits limits(Object... limits) {
    Map<Limit, Long> values = new EnumMap<>(Limit.class);
    for (int i = 0; i < limits.length; i += 2) {
      values.put((Limit) limits[i], ((Number) limits[i + 1]).longValue());
    }
    return new Limits(values);
  }

  /** Does {@code work} as a run, or as a child of the run that the thread is in. */
  <T> T run(String id, Callable<T> work) throws Exception {
    Object ticket = runs.gatekeeper().enter(number(entry), null, new Object[] {id});
    try {
      T result = work.call();
      runs.gatekeeper().exit(ticket, result, null);
      return result;
    } catch (Throwable e) {
      runs.gatekeeper().exit(ticket, null, e);
      throw e;
    }
  }

  Run find(String id) {
    return runs.find(id);
  }

  /** Sends {@code request}: returns when it was admitted. */
  Sending send(Sending request) {
    admit(request);
    if (request.tap() != null) {
      runs.gatekeeper().check(number(wire), request);
    }
    return request;
  }

  /** The same, before anything of it has left. */
  Object admit(Sending request) {
    return runs.gatekeeper().enter(number(site), request, null);
  }

  /** Calls a tool that does nothing. */
  void tool() {
    Object ticket = runs.gatekeeper().enter(number(tool), null, null);
    runs.gatekeeper().exit(ticket, null, null);
  }

  private static int number(Site site) {
    return site.number();
  }

  private static final Adapter READER =
      new Adapter() {
        @Override
        public Exchange open(Object self, Object[] args) {
          return (Exchange) self;
        }

        @Override
        public Object handle(Object self, Object[] args) {
          return self;
        }
      };

  private final class Journal implements Runs.Journal {
    @Override
    public void stopped(StopReport report) {}

    @Override
    public void fault(String during, Throwable thrown) {
      throw new AssertionError(during, thrown);
    }

    @Override
    public void note(String line) {
      notes.add(line);
    }
  }
}
