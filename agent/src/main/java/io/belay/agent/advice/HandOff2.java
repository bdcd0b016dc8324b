package io.belay.agent.advice;

import io.belay.boot.Gate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Makes the task in argument 2 carry the current run. */
public final class HandOff2 {
  private HandOff2() {}

  /** Before the method; in a constructor, before its super constructor. */
  @Advice.OnMethodEnter
  static void enter(
      @SiteId int site,
      @Advice.This(optional = true) Object self,
      @Advice.Argument(value = 2, readOnly = false, typing = Assigner.Typing.DYNAMIC) Object task) {
    task = Gate.carry(site, self, task);
  }
}
