package io.belay.agent.run;

import io.belay.agent.rule.Limits;
import io.belay.agent.rule.OnExceeded;
import java.time.Duration;

/**
 * What the configuration says about budgets.
 *
 * @param run the limits of each top-level run, and of what the root does itself
 * @param jvm the limits of all of them together
 * @param caller the limits of each caller of this JVM, over all its runs in a {@code window}
 * @param window after which a caller's use starts again at nothing
 * @param floor an output below which a call is refused rather than clamped, in tokens
 */
public record Spending(
    Limits run, Limits jvm, Limits caller, Duration window, OnExceeded onExceeded, long floor) {
  /** No limits. */
  public static final Spending NONE = new Spending(Limits.NONE, Limits.NONE, OnExceeded.STOP, 32);

  /** Without limits of callers. */
  public Spending(Limits run, Limits jvm, OnExceeded onExceeded, long floor) {
    this(run, jvm, Limits.NONE, Duration.ofDays(1), onExceeded, floor);
  }
}
