package io.belay.agent.boundary;

/** The ways to take part in a method; each is one advice, or one for each position. */
public enum Shape {
  /** A boundary: ask before, settle after. */
  GUARD,
  /** The innermost hook of a client: ask, apply what was rewritten, tap the answer. */
  WIRE,
  /** The innermost hook of a client that only asks. */
  CHECK,
  /** A method by which the application gives an answer up, of a client without streams to close. */
  LET_GO,
  /** A wait of the JDK's that goes on when it is interrupted: asked whether it may end. */
  WAIT,
  /** A wait that makes an error of its own of an interrupt: told as the stop that woke it. */
  WOKEN,
  /** A method above a client, which leads to its boundaries: asks, and names failures of a stop. */
  ASK,
  /** A method above a client, which asks nothing: names failures of a stop. */
  TELL,
  /** A pause between two attempts of an SDK: asks likewise. */
  PAUSE,
  /** A decision of an SDK whether a failure, one of its arguments, is worth another attempt. */
  RETRY,
  /** A parameter through which a task changes hands. */
  HAND_OFF,
  /** The same, where a future stands for the task. */
  HAND_OFF_OWNED,
  /** The same, where an executor takes the task that somebody else has made. */
  HAND_OFF_OTHER,
  /** The same, where its result stands for the task. */
  HAND_OFF_DELAYED,
  /** The same, where a thread pool takes the task. */
  POOL,
  /** The same, where the task is done again and again. */
  RECURRING,
  /** A task that keeps its identity changes hands: it is bound to the run. */
  FORK,
  /** The same, where the thread itself does it at once. */
  INVOKE,
  /** The same, where a timer does it. */
  TIMED,
  /** The same, where a timer does it again and again. */
  TIMED_AGAIN,
  /** Where a task is done that may be bound to a run. */
  BONDED,
  /** A parameter that is a task that is given up. */
  DROP,
  /** A method that answers whether it gave its receiver up. */
  CANCEL,
  /** A method after which its receiver, or what it returned, is given up. */
  DROPPED,
  /** A parameter through which the application looks at a task that it gave away. */
  BARE,
  /** A method by which it takes one back. */
  TAKE_BACK,
  /** The start of a thread. */
  THREAD_START,
  /** The end of a thread. */
  THREAD_END,
  /** An object was made that carries its run. */
  JOB_MADE,
  /** A queue is given such an object in argument 0. */
  JOB_QUEUED,
  /** A queue is asked for the next. */
  JOB_TAKEN,
  /** A queue is asked for all that it has, into argument 0. */
  JOB_DRAINED,
  /** Its own {@code run()}. */
  JOB_RUN,
  /** Its own {@code call()}. */
  JOB_CALLED,
  /** Another of its methods that do the work. */
  JOB_WORKED_ON,
  /** An object of a runtime was made that belongs to its run. */
  OWNED_MADE,
  /** The same, and its run lasts as long as it does. */
  OWNED_HELD,
  /** Such an object is over. */
  OWNED_ENDED,
  /** Such an object is a parameter, to be received once. */
  OWNED_GIVEN,
  /** It is received in argument 0. */
  OWNED_RECEIVED,
  /** What the thread has received is put aside, to be received again. */
  OWNED_KEPT,
  /** It does its work. */
  OWNED_DONE,
  /** A future is given a listener, in argument 0, that it knows by identity. */
  LISTENER_ADDED,
  /** It is to forget the one in argument 0. */
  LISTENER_REMOVED,
  /** The future in argument 0 calls the listener in argument 1. */
  LISTENER_CALLED,
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
  /** A method whose result works on the transactions of its receiver. */
  BELONGS,
  /** A method that begins a branch of a distributed transaction. */
  BRANCH,
  /** A method that answers with a publisher: each subscription is a boundary. */
  SUBSCRIBED,
  /** A method that takes a command, or makes a connection, and answers later. */
  COMMAND,
  /** A method whose call is a run. */
  ENTRY,
  /** A method inside which everything passes. */
  SHIELD,
  /** A call begins that its client may take back: a run. */
  CALLED,
  /** A client takes a call back. */
  TAKEN_BACK,
  /** A server dispatches a request: a run begins. */
  REQUEST,
  /** A server takes up a request whose answer was still to come. */
  RESUMED,
  /** A server calls the application. */
  EDGE,
  /** The same, and the request begins here where no dispatch of the server is woven. */
  EDGE_OR_REQUEST,
  /** The application says that an answer that came later is complete. */
  COMPLETED,
  /** A server's answer is complete. */
  FINISHED,
  /** What the application or the server does about a failure of the application. */
  FAILED,
  /** The application says with which status it answers. */
  ANSWERED,
  /** A server notices that the client has left. */
  LEFT,
  /** A server has accepted a connection. */
  ACCEPTED,
  /** A server answers a request by a change of protocol, after which messages come in. */
  UPGRADED,
  /** Such a message is given to the application. */
  MESSAGE;

  /** Whether it is about requests that come in. */
  public boolean isInbound() {
    return switch (this) {
      case REQUEST,
          RESUMED,
          EDGE,
          EDGE_OR_REQUEST,
          COMPLETED,
          FINISHED,
          FAILED,
          ANSWERED,
          UPGRADED,
          MESSAGE,
          LEFT,
          ACCEPTED ->
          true;
      default -> false;
    };
  }
}
