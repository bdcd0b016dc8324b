package io.belay.boot;

/**
 * One request that a server is answering, as its {@link ServerAdapter} shows it to the gate.
 *
 * <p>Called by the thread that has the request, except {@link #isAnswered}, which a thread of
 * Belay's may ask while the request is not over. Cheap to make: every request has one.
 */
public abstract class Inbound {
  /** The path as it was sent, without the query. */
  public abstract String path();

  /** The query as it was sent, without the question mark, or {@code null}. */
  public abstract String query();

  /** The first value of a request header, or {@code null}. */
  public abstract String header(String name);

  /** Puts a header into the answer. */
  public abstract void respond(String header, String value);

  /** The client's end of the connection, as text without a port. Of the connection, not claimed. */
  public abstract String remoteAddress();

  /** The client's port on that connection. */
  public abstract int remotePort();

  /** The server's port on that connection. */
  public abstract int localPort();

  /** The answer's status as it stands; -1 while there is none. */
  public abstract int status();

  /** Whether the answer comes later although the server's dispatch is about to return. */
  public abstract boolean isPending();

  /** Whether the whole answer was handed to the connection. */
  public abstract boolean isAnswered();

  /**
   * Answers in place of the application.
   *
   * @param body JSON, in UTF-8
   * @return {@code false} when the application's answer has begun to leave
   */
  public abstract boolean answer(int status, byte[] body);

  /**
   * Adds a last event to the stream of server-sent events that the application has begun.
   *
   * @param event as it is sent, in UTF-8
   * @return {@code false} when the answer is no such stream
   */
  public boolean event(byte[] event) {
    return false;
  }

  /** Whether the application has said nothing at all: neither a body nor a status of its own. */
  public boolean isBlank() {
    return false;
  }

  /**
   * Makes the server take up the request, whose answer was to come and does not, so that it passes
   * the application's edge again. Called by a thread of Belay's.
   *
   * @return {@code false} when the server has no such step and may be answered by any thread
   */
  public boolean wake() {
    return false;
  }

  /**
   * Says what is to be told when the answer is complete, on servers that tell it in no method of
   * their own. Called once, when the answer comes later.
   */
  public void whenOver(Runnable told) {}

  /** Whether an answer of this content type is a stream of server-sent events. */
  protected static boolean isEventStream(String contentType) {
    return contentType != null
        && contentType.regionMatches(true, 0, "text/event-stream", 0, "text/event-stream".length());
  }

  /** Lets {@link ServerAdapter#key} find {@code key} in what this request is taken up by later. */
  public void mark(Object key) {}

  /** Whether a method of the server is woven that it calls when the client has left. */
  public boolean tellsWhenClientLeaves() {
    return false;
  }

  /** Whether the server does nothing more about a request whose client has left. */
  public boolean endsWithClient() {
    return false;
  }

  /** What a method that was to handle a failure returns when that has been answered already. */
  public Object result() {
    return null;
  }

  /** By what {@link ServerAdapter#key} finds this request again; compared by identity. */
  public abstract Object key();
}
