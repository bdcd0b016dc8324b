package io.belay.agent.rule;

/** What a limit that is reached does to the run. */
public enum OnExceeded {
  STOP,
  REFUSE,
  WARN
}
