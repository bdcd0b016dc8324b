package io.belay.agent.advice;

import io.belay.boot.Gate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * Makes the task in argument 2 carry the current run and tells which object stands for it: the
 * method's result.
 */
public final class Owner2 {
  private Owner2() {}

  /** For methods: the result is what it is cancelled by. */
  public static final class OfMethod {
    private OfMethod() {}

    @Advice.OnMethodEnter
    static void enter(
        @SiteId int site,
        @Advice.This(optional = true) Object self,
        @Advice.Argument(value = 2, readOnly = false, typing = Assigner.Typing.DYNAMIC)
            Object task) {
      task = Gate.carry(site, self, task);
    }

    @Advice.OnMethodExit
    static void exit(
        @SiteId int site,
        @Advice.Argument(value = 2, typing = Assigner.Typing.DYNAMIC) Object task,
        @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object cancellable) {
      Gate.opened(site, cancellable, task);
    }
  }
}
