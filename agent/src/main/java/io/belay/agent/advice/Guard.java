package io.belay.agent.advice;

import io.belay.boot.Gate;
import io.belay.boot.Skip;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Asks before a call and settles after it; may replace arguments and the result. */
public final class Guard {
  private Guard() {}

  /** A {@link Skip} keeps the method from running. */
  @Advice.OnMethodEnter(skipOn = Skip.class)
  static Object enter(
      @SiteId int site,
      @Advice.This(optional = true) Object self,
      @Advice.AllArguments(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object[] args) {
    Object[] given = args;
    Object ticket = Gate.enter(site, self, given);
    args = given;
    return ticket;
  }

  /** The exit of a skipped method sees the ticket too: its result is inside. */
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
