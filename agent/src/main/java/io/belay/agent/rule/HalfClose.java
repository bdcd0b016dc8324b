package io.belay.agent.rule;

/** Whether a client that closes only its sending side counts as gone. */
public enum HalfClose {
  STOP,
  IGNORE
}
