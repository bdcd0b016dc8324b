package io.belay.agent.advice;

import io.belay.boot.Gate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Tells what a method returned, or that it has. */
public final class Opened {
  private Opened() {}

  /** After the method, unless it threw. */
  @Advice.OnMethodExit
  static void exit(
      @SiteId int site,
      @Advice.This(optional = true) Object self,
      @Advice.Return(readOnly = true, typing = Assigner.Typing.DYNAMIC) Object made) {
    Gate.opened(site, self, made);
  }
}
