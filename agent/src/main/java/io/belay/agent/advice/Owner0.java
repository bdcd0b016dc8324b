package io.belay.agent.advice;

import io.belay.boot.Gate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * Makes the task in argument 0 carry the current run and tells which future stands for it: the
 * method's result, or what the constructor made.
 */
public final class Owner0 {
  private Owner0() {}

  /** For methods: the result is the future. */
  public static final class OfMethod {
    private OfMethod() {}

    @Advice.OnMethodEnter
    static void enter(
        @SiteId int site,
        @Advice.This(optional = true) Object self,
        @Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC)
            Object task) {
      task = Gate.carry(site, self, task);
    }

    @Advice.OnMethodExit
    static void exit(
        @SiteId int site,
        @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object task,
        @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object future) {
      Gate.opened(site, future, task);
    }
  }

  /** For constructors: what was made is the future. */
  public static final class OfConstructor {
    private OfConstructor() {}

    @Advice.OnMethodEnter
    static void enter(
        @SiteId int site,
        @Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC)
            Object task) {
      task = Gate.carry(site, null, task);
    }

    @Advice.OnMethodExit
    static void exit(
        @SiteId int site,
        @Advice.This Object future,
        @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object task) {
      Gate.opened(site, future, task);
    }
  }
}
