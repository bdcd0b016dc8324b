package io.belay.it.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, up to a deadline that only a broken build reaches. */
public final class Await {
  /** Long enough for a loaded machine: reaching it is a failure, never a measurement. */
  public static final Duration DEADLINE = Duration.ofSeconds(90);

  private Await() {}

  /** Returns when {@code condition} holds; fails at the deadline, naming {@code what}. */
  public static void until(String what, BooleanSupplier condition) {
    until(() -> what, condition);
  }

  static void until(Supplier<String> what, BooleanSupplier condition) {
    if (!within(DEADLINE, condition)) {
      throw inVain("until " + what.get());
    }
  }

  static AssertionError inVain(String what) {
    return new AssertionError(
        "waited "
            + DEADLINE.toSeconds()
            + " s in vain "
            + what
            + "; before that, "
            + Work.lastFailure());
  }

  static boolean within(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(1_000_000);
    }
    return true;
  }
}
