package io.belay.agent.run;

/**
 * That a thread is inside shielded code, whose boundary calls pass although the run is stopped; for
 * so long, counted from the stop or from the shield's begin, whichever is later.
 */
final class Shield {
  private final long beganNanos;
  private final long timeoutNanos;

  Shield(long beganNanos, long timeoutNanos) {
    this.beganNanos = beganNanos;
    this.timeoutNanos = timeoutNanos;
  }

  /** Whether it still protects calls of a run that was stopped at {@code stopNanos}. */
  boolean holds(long stopNanos, long nowNanos) {
    return nowNanos - end(stopNanos) < 0;
  }

  /** When it ends to protect them. */
  long end(long stopNanos) {
    return (beganNanos - stopNanos > 0 ? beganNanos : stopNanos) + timeoutNanos;
  }
}
