package io.belay.agent.run;

/**
 * What the configuration says about budgets.
 *
 * @param run the limits of each top-level run, and of what the root does itself
 * @param jvm the limits of all of them together
 * @param floor an output below which a call is refused rather than clamped, in tokens
 */
public record Spending(Limits run, Limits jvm, OnExceeded onExceeded, long floor) {
  /** No limits. */
  public static final Spending NONE = new Spending(Limits.NONE, Limits.NONE, OnExceeded.STOP, 32);
}
