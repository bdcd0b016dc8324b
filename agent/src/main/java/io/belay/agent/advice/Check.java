package io.belay.agent.advice;

import io.belay.boot.Gate;
import net.bytebuddy.asm.Advice;

/** Asks only: the method either runs as ever or is refused. */
public final class Check {
  private Check() {}

  /** Before the method. */
  @Advice.OnMethodEnter
  static void enter(@SiteId int site, @Advice.This(optional = true) Object self) {
    Gate.check(site, self);
  }
}
