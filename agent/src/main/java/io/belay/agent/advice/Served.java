package io.belay.agent.advice;

import io.belay.boot.Gate;
import io.belay.boot.Skip;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** A step of a server's: may answer in place of the application, and take in what it threw. */
public final class Served {
  private Served() {}

  /** A {@link Skip} keeps the method from running. */
  @Advice.OnMethodEnter(skipOn = Skip.class)
  static Object enter(
      @SiteId int site,
      @Advice.This(optional = true) Object self,
      @Advice.AllArguments(typing = Assigner.Typing.DYNAMIC) Object[] args) {
    return Gate.enter(site, self, args);
  }

  /**
   * The ticket says what goes on to the server. A method that tells whether it has taken the
   * request on has done so where Belay has answered.
   */
  @Advice.OnMethodExit(onThrowable = Throwable.class)
  static void exit(
      @Advice.Enter Object ticket,
      @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object result,
      @Advice.Thrown(readOnly = false, typing = Assigner.Typing.DYNAMIC) Throwable thrown) {
    if (ticket != null) {
      Throwable left = (Throwable) Gate.exit(ticket, thrown, thrown);
      if (ticket instanceof Skip || (thrown != null && left == null)) {
        result = true;
      }
      thrown = left;
    }
  }
}
