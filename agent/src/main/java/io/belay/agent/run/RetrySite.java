package io.belay.agent.run;

import io.belay.boot.Skip;
import org.jspecify.annotations.Nullable;

/**
 * A method by which an SDK decides whether a failure, one of its arguments, is worth another
 * attempt. A refusal never is: it would be refused again, and a pause would come before. Asked on
 * whichever thread the failure comes to, so asynchronous retries end by it too.
 */
public final class RetrySite extends Site {
  private static final Skip NO = new Skip(false);

  /** A decision. */
  public RetrySite(String boundary, String label) {
    super(boundary, label);
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    for (Object each : args == null ? new Object[0] : args) {
      if (each instanceof Throwable failure && Refusals.inside(failure) != null) {
        return NO;
      }
    }
    return null;
  }
}
