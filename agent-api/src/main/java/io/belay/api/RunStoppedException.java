package io.belay.api;

import java.util.concurrent.CancellationException;

/**
 * Thrown at a boundary that a stopped run would cross. Nothing was sent.
 *
 * <p>It is a {@link CancellationException}, so it is unchecked, is not retried by HTTP clients and
 * SDKs, rolls a Spring transaction back and is understood as cancellation by futures and
 * coroutines. An application may catch it to tidy up; the next boundary refuses again.
 */
public class RunStoppedException extends CancellationException {
  private static final long serialVersionUID = 1L;

  /** The run that is stopped. */
  private final String runId;

  /** What was refused. */
  private final String boundary;

  /** Why the run was stopped. */
  private final Reason reason;

  private final boolean stackless;

  /**
   * A refusal.
   *
   * @param boundary what was refused: kind and target, for instance {@code http GET
   *     https://example.com/}
   * @param stackless spares the stack trace: for code that runs into refusals in a loop
   */
  public RunStoppedException(
      String runId, Reason reason, String boundary, String message, boolean stackless) {
    super(message);
    this.runId = runId;
    this.boundary = boundary;
    this.reason = reason;
    this.stackless = stackless;
    if (!stackless) {
      super.fillInStackTrace();
    }
  }

  /** The run that is stopped. */
  public final String runId() {
    return runId;
  }

  /** What was refused: kind and target, for instance {@code http GET https://example.com/}. */
  public final String boundary() {
    return boundary;
  }

  /** Why the run was stopped. */
  public final Reason reason() {
    return reason;
  }

  /** Left out at construction, then filled in unless this exception is stackless. */
  @Override
  public final synchronized Throwable fillInStackTrace() {
    return reason == null || stackless ? this : super.fillInStackTrace();
  }
}
