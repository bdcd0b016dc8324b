package io.belay.agent.run;

/** Books what no call of a test has used, so that there is something to show. */
public final class Spend {
  private Spend() {}

  /** Books one call of a language model. */
  public static void book(Run run, long input, long output, double usd) {
    run.meter.calls(1, 0);
    run.meter.book(new LlmMeter.Booked(input, output, 0, 0, (long) (usd * 1e12), false));
  }
}
