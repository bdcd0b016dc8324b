package io.belay.agent.run;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The time to a few milliseconds, for those who ask so often that the machine's clock would be what
 * they spend most on. A thread of ours keeps it going while it is asked for, and ends otherwise.
 */
final class Ticks {
  private static final long EVERY = 5_000_000;
  private static final int REST_AFTER = 200;

  /** 0 while there is no thread. */
  private static volatile long now;

  /** That somebody asked since the last tick. Plain: a lost write is made good by the next one. */
  private static boolean asked;

  private static volatile @Nullable Thread ticker;

  private Ticks() {}

  /** {@link System#nanoTime} as it was a few milliseconds ago, or is. */
  static long now() {
    if (!asked) {
      asked = true;
    }
    long seen = now;
    return seen == 0 ? wake() : seen;
  }

  private static long wake() {
    if (ticker == null) {
      start();
    }
    return System.nanoTime();
  }

  private static synchronized void start() {
    if (ticker == null) {
      ticker = Threads.start(Ticks::tick, "belay-ticks");
    }
  }

  private static void tick() {
    for (int unasked = 0; unasked <= REST_AFTER; ) {
      long read = System.nanoTime();
      now = read == 0 ? 1 : read; // The origin is arbitrary, so even 0 may come up.
      LockSupport.parkNanos(Ticks.class, EVERY);
      unasked = asked ? 0 : unasked + 1;
      asked = false;
    }
    rest();
  }

  private static synchronized void rest() {
    now = 0;
    ticker = null;
  }
}
