package io.belay.it.storm;

import java.util.concurrent.atomic.AtomicLong;

/** The order of events in the application's JVM. */
final class Clock {
  private static final AtomicLong NOW = new AtomicLong();

  private Clock() {}

  static long tick() {
    return NOW.incrementAndGet();
  }
}
