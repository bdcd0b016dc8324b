package io.belay.agent.advice;

import io.belay.boot.Gate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Tells what was added to an object: argument 0. */
public final class Added {
  private Added() {}

  /** After the method, unless it threw. */
  @Advice.OnMethodExit
  static void exit(
      @SiteId int site,
      @Advice.This Object self,
      @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object added) {
    Gate.opened(site, self, added);
  }
}
