package io.belay.agent.run;

/** A call of the application by us. */
final class Callback {
  private Callback() {}

  /**
   * Does it. What it throws is the application's own: it is told by its class alone, since its
   * message may be nobody's business, and counts as no fault of ours.
   */
  static void to(String what, Runnable call, Runs.Journal journal) {
    try {
      call.run();
    } catch (Throwable thrown) {
      journal.note(what + " threw " + thrown.getClass().getName() + "; everything else goes on");
    }
  }
}
