package io.belay.agent.rule;

/** What Belay does with what it decides. */
public enum Mode {
  ENFORCE,
  OBSERVE
}
