package io.belay.agent.run;

/** What a limit that is reached does to the run. */
public enum OnExceeded {
  STOP,
  REFUSE,
  WARN
}
