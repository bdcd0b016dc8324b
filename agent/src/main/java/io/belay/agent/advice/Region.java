package io.belay.agent.advice;

import io.belay.boot.Gate;
import io.belay.boot.Skip;
import net.bytebuddy.asm.Advice;

/** Encloses a method whose result is nobody's business. */
public final class Region {
  private Region() {}

  /** A {@link Skip} keeps the method from running; only one without a result may be kept. */
  @Advice.OnMethodEnter(skipOn = Skip.class)
  static Object enter(@SiteId int site, @Advice.This Object self) {
    return Gate.enter(site, self, null);
  }

  /** Also when the method was skipped, or threw. */
  @Advice.OnMethodExit(onThrowable = Throwable.class)
  static void exit(@Advice.Enter Object ticket) {
    if (ticket != null) {
      Gate.exit(ticket, null, null);
    }
  }
}
