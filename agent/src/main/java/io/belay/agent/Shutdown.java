package io.belay.agent;

import io.belay.agent.log.Log;
import io.belay.agent.run.Run;
import io.belay.agent.run.Runs;
import io.belay.agent.run.Threads;
import io.belay.api.Reason;

/**
 * When the JVM ends, so do its runs: what they have not committed is not committed on the way out.
 */
final class Shutdown {
  private Shutdown() {}

  /** Answers the hook, for {@link #forget}. */
  static Thread stopRunsAtExit(Runs runs, boolean observes) {
    Thread hook =
        Threads.make(
            () -> {
              if (observes) {
                Log.info("observed: Belay " + runs.observed().sentence());
              }
              // Not the root itself: the application's own hooks tidy up in its name.
              for (Run run : runs.root().below()) {
                runs.stop(run, Reason.SHUTDOWN, "jvm", "", false);
              }
            },
            "belay-shutdown");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException ending) {
      hook.start(); // Belay is put together by what the application does at its very end.
    }
    return hook;
  }

  static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The JVM ends already; the hook does what it is for.
    }
  }
}
