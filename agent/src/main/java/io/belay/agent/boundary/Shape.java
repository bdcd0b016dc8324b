package io.belay.agent.boundary;

/** The ways to take part in a method; each is one advice, or one for each position. */
public enum Shape {
  /** A boundary: ask before, settle after. */
  GUARD,
  /** The innermost hook of a client: ask, apply what was rewritten, tap the answer. */
  WIRE,
  /** The innermost hook of a client that only asks. */
  CHECK,
  /** A parameter through which a task changes hands. */
  HAND_OFF,
  /** The same, where a future stands for the task. */
  HAND_OFF_OWNED,
  /** The start of a thread. */
  THREAD_START,
  /** The end of a thread. */
  THREAD_END,
  /** A region that belongs to no run. */
  NO_RUN,
  /** A region that belongs to no run and is never refused. */
  EXEMPT,
  /** A method whose result's class is to be woven: interfaces of which nobody knows all classes. */
  DISCOVER,
  /** A method that makes a statement of the text in argument 0; its class is to be woven. */
  STATEMENT,
  /** A method that adds the text in argument 0 to a batch. */
  BATCH,
  /** A method that takes a transaction back. */
  ROLLBACK,
  /** A method whose call is a run. */
  ENTRY,
  /** A method inside which everything passes. */
  SHIELD,
  /** A server dispatches a request: a run begins. */
  REQUEST,
  /** A server takes up a request whose answer was still to come. */
  RESUMED,
  /** A server calls the application. */
  EDGE,
  /** A server's answer is complete. */
  FINISHED,
  /** A server has accepted a connection. */
  ACCEPTED;

  /** Whether it is about requests that come in. */
  public boolean isInbound() {
    return switch (this) {
      case REQUEST, RESUMED, EDGE, FINISHED, ACCEPTED -> true;
      default -> false;
    };
  }
}
