package io.belay.agent;

import io.belay.agent.log.Log;
import io.belay.agent.run.Api;
import io.belay.agent.run.Clock;
import io.belay.agent.run.Limits;
import io.belay.agent.run.Runs;
import io.belay.api.Belay;
import io.belay.boot.Gate;
import java.lang.instrument.Instrumentation;

/** Puts the parts together, in the order in which they need each other. */
final class Assembly {
  private Assembly() {}

  static void start(Settings settings, Instrumentation instrumentation, boolean beforeMain)
      throws SettingsException {
    Runs runs = new Runs(Clock.SYSTEM, Policies.of(settings), new LogJournal());
    Coverage coverage = new Coverage();
    Weaver weaver = new Weaver(instrumentation, coverage);
    Adapters adapters = new Adapters(instrumentation);
    SiteFactory factory = new SiteFactory(runs, weaver, adapters, instrumentation);
    factory.declareAll(settings);
    runs.beforeFirst(weaver::firstRun);
    runs.untouchable(weaver::isBoundary);
    Gate.keeper(runs.gatekeeper());
    Belay.attach(new Api(runs, asked -> Limits.NONE));
    weaver.install();
    Shutdown.stopRunsAtExit(runs);
    Doors.open(settings, runs, coverage, beforeMain);
    Log.debug("assembled");
  }
}
