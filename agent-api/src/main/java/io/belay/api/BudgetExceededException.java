package io.belay.api;

/** Thrown when a call would cross a limit that was set for its run, its JVM or its caller. */
public final class BudgetExceededException extends RunStoppedException {
  private static final long serialVersionUID = 1L;

  /** The limit's name. */
  private final String limit;

  /** What is used of it. */
  private final double used;

  /** The limit itself. */
  private final double max;

  /**
   * A refusal by a limit.
   *
   * @param limit its name without the {@code belay.budget.} prefix, for instance {@code
   *     output-tokens}
   * @param used what is used and reserved of it, in its own unit
   * @param max the limit, in its own unit
   */
  public BudgetExceededException(
      String runId,
      String boundary,
      String limit,
      double used,
      double max,
      String message,
      boolean stackless) {
    super(runId, Reason.BUDGET, boundary, message, stackless);
    this.limit = limit;
    this.used = used;
    this.max = max;
  }

  /** The limit's name, for instance {@code output-tokens} or {@code jvm.cost-usd}. */
  public String limit() {
    return limit;
  }

  /** What is used and reserved, in the limit's unit: tokens, calls, US dollars, milliseconds. */
  public double used() {
    return used;
  }

  /** The limit, in its unit. */
  public double max() {
    return max;
  }
}
