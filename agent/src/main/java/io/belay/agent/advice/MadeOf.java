package io.belay.agent.advice;

import io.belay.boot.Gate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Tells what a method made, and of what: its result and its argument 0. */
public final class MadeOf {
  private MadeOf() {}

  /** After the method, unless it threw. */
  @Advice.OnMethodExit
  static void exit(
      @SiteId int site,
      @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object of,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object made) {
    Gate.opened(site, of, made);
  }
}
