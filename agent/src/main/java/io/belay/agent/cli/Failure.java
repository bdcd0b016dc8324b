package io.belay.agent.cli;

/** Why a command ends without having done what was asked; the message says what to do. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** It could not be done. */
  static final int FAILED = 1;

  /** The command line cannot be understood. */
  static final int USAGE = 2;

  /** The JVM did not answer: it may have been done, or not. */
  static final int NOT_CONFIRMED = 3;

  /** The stop is acknowledged, and something is still at work. */
  static final int NOT_QUIET = 4;

  private final int status;

  Failure(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** The exit status. */
  int status() {
    return status;
  }
}
