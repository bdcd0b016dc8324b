package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/** How a call joins the run that it belongs to. */
final class Joining {
  private Joining() {}

  /**
   * Joins the run first and reads its verdict then; a stop sets the verdict first and collects who
   * has joined then. Whatever the interleaving, a call that passes is in the stop's account.
   */
  static @Nullable Stop join(InFlight call) {
    for (Run live = call.run.live(); ; live = live.live()) {
      call.run = live;
      live.inFlight.add(call);
      Verdict decided = live.afterJoining();
      if (decided == null) {
        return null;
      }
      if (decided instanceof Stop stop) {
        return stop;
      }
      live.inFlight.remove(call);
    }
  }
}
