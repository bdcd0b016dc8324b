package io.belay.demo.driver;

/** Something the story needs is not there; the message says what, and what to do. */
final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1;

  CannotStart(String message) {
    super(message);
  }

  /** With the end of a process's log, on lines of its own. */
  CannotStart(String message, String lastWords) {
    super(message + ". Its log ends:\n    " + lastWords);
  }
}
