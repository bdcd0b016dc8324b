package io.belay.agent.advice;

import io.belay.boot.Gate;
import io.belay.boot.Skip;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** {@link Guard} for methods without arguments: nothing is put into an array for nobody. */
public final class PlainGuard {
  private PlainGuard() {}

  /** A {@link Skip} keeps the method from running. */
  @Advice.OnMethodEnter(skipOn = Skip.class)
  static Object enter(@SiteId int site, @Advice.This(optional = true) Object self) {
    return Gate.enter(site, self, null);
  }

  /** As {@link Guard#exit}. */
  @Advice.OnMethodExit(onThrowable = Throwable.class)
  static void exit(
      @Advice.Enter Object ticket,
      @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object result,
      @Advice.Thrown Throwable thrown) {
    if (ticket != null) {
      result = Gate.exit(ticket, result, thrown);
    }
  }
}
