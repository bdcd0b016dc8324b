package io.belay.agent.run;

import java.util.Locale;

/** What a boundary call is to the outside, and with it how a stop treats it. */
public enum Kind {
  /** A call of a language model. Closed at once. */
  LLM,
  /** Any other HTTP request. Safe methods are aborted, others may finish. */
  HTTP,
  /** A statement. Has a moment to finish, then is cancelled. */
  SQL,
  /** The end of a transaction. Refused by rolling back; once begun it finishes. */
  COMMIT,
  /** A tool of an agent framework. Refused at its entry; its own boundaries stop it. */
  TOOL,
  /** A message to a broker. */
  MESSAGE,
  /** A cache or key-value store. */
  CACHE,
  /** A document store. */
  DOCUMENT,
  /** Mail. */
  MAIL,
  /** A process of the operating system. */
  PROCESS;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The word used in the configuration and in reports. */
  @Override
  public String toString() {
    return text;
  }

  /** Whether calls nested in one of this kind are part of it and are not asked about again. */
  boolean encloses() {
    return this != TOOL;
  }

  /**
   * Whether a call of kind {@code inner} that is met within one of this kind is a part of it, as a
   * pool's statement is of a statement and a driver's request too. A request is made of requests
   * only: the application's own code runs inside HTTP clients, and its statements are its own.
   */
  boolean covers(Kind inner) {
    return switch (inner) {
      case SQL, COMMIT -> this == SQL || this == COMMIT;
      default -> true;
    };
  }
}
