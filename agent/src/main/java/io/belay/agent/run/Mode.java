package io.belay.agent.run;

/** What Belay does with what it decides. */
public enum Mode {
  ENFORCE,
  OBSERVE
}
