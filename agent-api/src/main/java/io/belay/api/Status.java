package io.belay.api;

import java.util.Locale;

/**
 * Where a run is in its life. {@link #RUNNING} becomes {@link #STOPPING} and then {@link #STOPPED},
 * or {@link #COMPLETED}, or {@link #FAILED}; the last three are final and decided once.
 */
public enum Status {
  /** At work. */
  RUNNING,
  /** Stopped, but something of it is still at work. */
  STOPPING,
  /** Stopped, and quiet. Not an error. */
  STOPPED,
  /** Ended by itself. */
  COMPLETED,
  /** Ended by an exception. */
  FAILED;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** Whether this is final. */
  public boolean ended() {
    return this == STOPPED || this == COMPLETED || this == FAILED;
  }

  /** The word used in JSON and on the command line: {@code running}, {@code stopping}... */
  @Override
  public String toString() {
    return text;
  }
}
