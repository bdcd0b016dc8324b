package io.belay.agent.run;

/**
 * Hears of what a flight recording is made of. Told by the thread that does it, so it must be quick
 * and must not throw.
 */
public interface Recorder {
  /** Nobody records. */
  Recorder NONE = new Recorder() {};

  /** A call was refused. */
  default void refused(Run run, Kind kind, String what) {}

  /** A call of a model is over, and this was booked for it. */
  default void booked(InFlight call, LlmMeter.Booked used) {}
}
