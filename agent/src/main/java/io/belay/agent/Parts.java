package io.belay.agent;

import io.belay.agent.control.FlightRecords;
import io.belay.agent.log.Log;
import io.belay.agent.rule.Mode;
import io.belay.agent.run.Api;
import io.belay.agent.run.Backlog;
import io.belay.agent.run.Clock;
import io.belay.agent.run.Gatekeeper;
import io.belay.agent.run.Lanes;
import io.belay.agent.run.Publishers;
import io.belay.agent.run.Runs;
import io.belay.agent.run.SelfTest;
import io.belay.agent.run.Threads;
import io.belay.api.Belay;
import io.belay.boot.Gate;
import java.lang.instrument.Instrumentation;
import java.util.List;

/** The parts of the agent, put together in the order in which they need each other. */
record Parts(Runs runs, Weaver weaver, Coverage coverage, LogJournal journal, Thread atExit) {
  static Parts put(Settings settings, Instrumentation instrumentation, FirstUse firstUse)
      throws SettingsException {
    LogJournal journal = new LogJournal();
    Runs runs = new Runs(Clock.SYSTEM, Policies.of(settings), Spendings.of(settings), journal);
    if (Gate.keeper() instanceof Gatekeeper earlier) {
      runs.gatekeeper().follow(earlier);
    }
    Coverage coverage = new Coverage();
    Requirements requirements = new Requirements(settings.get(Keys.REQUIRE));
    Weaver weaver = new Weaver(instrumentation, coverage, requirements);
    Adapters adapters = new Adapters(instrumentation);
    SiteFactory factory = new SiteFactory(runs, weaver, adapters, instrumentation, settings);
    factory.declareAll(settings);
    weaver.whenHandOffsAreWoven(() -> testHandOffs(runs, weaver, settings, requirements, coverage));
    runs.beforeFirst(weaver::firstRun);
    runs.untouchable(weaver::isBoundary);
    Lanes.machine(Settings.machine());
    Backlog.known(new NetBacklog(instrumentation));
    Publishers.known(new ResultAdapters(adapters));
    runs.gatekeeper().traffic(Spendings.traffic(settings, runs));
    FlightRecords.of(runs);
    Gate.keeper(runs.gatekeeper());
    Belay.attach(new Api(runs, Spendings::parse));
    firstUse.passTo(weaver);
    weaver.install();
    return new Parts(runs, weaver, coverage, journal, atExit(settings, runs));
  }

  private static Thread atExit(Settings settings, Runs runs) {
    return Shutdown.stopRunsAtExit(runs, settings.get(Keys.MODE) == Mode.OBSERVE);
  }

  /** What was woven last is tried at once, beside the run that waited for it. */
  private static void testHandOffs(
      Runs runs, Weaver weaver, Settings settings, Requirements requirements, Coverage coverage) {
    Threads.start(
        () -> {
          List<String> failures = SelfTest.failures(runs, settings::boundary);
          for (int tries = 0; tries < 3 && !failures.isEmpty(); tries++) {
            weaver.weaveHandOffsAgain();
            failures = SelfTest.failures(runs, settings::boundary);
          }
          coverage.tested(failures);
          for (String boundary : failures) {
            Log.error("the boundary " + boundary + " does not carry runs on this JVM; see doctor");
            requirements.missing(boundary, "its self-test failed");
          }
        },
        "belay-self-test");
  }
}
