package io.belay.agent.advice;

import io.belay.boot.Gate;
import net.bytebuddy.asm.Advice;

/** Binds the task that the method is called on to the current run. */
public final class HandOffSelf {
  private HandOffSelf() {}

  /** Before the method. */
  @Advice.OnMethodEnter
  static void enter(@SiteId int site, @Advice.This Object task) {
    Gate.carry(site, null, task);
  }
}
