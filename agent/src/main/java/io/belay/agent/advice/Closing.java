package io.belay.agent.advice;

import io.belay.boot.Gate;
import net.bytebuddy.asm.Advice;

/** Tells that the receiver is about to take itself apart; afterwards it is too late to look. */
public final class Closing {
  private Closing() {}

  /** Before the method. */
  @Advice.OnMethodEnter
  static void enter(@SiteId int site, @Advice.This Object self) {
    Gate.opened(site, self, null);
  }
}
