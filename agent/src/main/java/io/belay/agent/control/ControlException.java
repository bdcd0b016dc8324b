package io.belay.agent.control;

import org.jspecify.annotations.Nullable;

/** A door that was asked for cannot be opened. The message is one line that says what to do. */
public final class ControlException extends Exception {
  private static final long serialVersionUID = 1;

  ControlException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
