package io.belay.agent.run;

import java.time.Instant;

/** The time, so that tests can set it. */
public interface Clock {
  /** Nanoseconds from an arbitrary origin, never going back. */
  long nanos();

  /** The time of day. */
  Instant now();

  /** The machine's own. */
  Clock SYSTEM =
      new Clock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public Instant now() {
          return Instant.now();
        }
      };
}
