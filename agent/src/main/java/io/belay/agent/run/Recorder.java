package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/**
 * Hears of what a flight recording is made of. Told by the thread that does it, so it must be quick
 * and must not throw.
 */
public interface Recorder {
  /** Nobody records. */
  Recorder NONE = new Recorder() {};

  /** A run begins. */
  default void begun(Run run) {}

  /** A call of a model begins; answers what {@link #booked} is to be given with it. */
  default @Nullable Object begun(InFlight call) {
    return null;
  }

  /** A call was refused. */
  default void refused(Run run, Kind kind, String what) {}

  /** A call of a model is over, and this was booked for it. */
  default void booked(InFlight call, LlmMeter.Booked used, @Nullable Object begun) {}
}
