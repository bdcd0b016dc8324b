package io.belay.boot;

/**
 * One HTTP request and its answer, as a client's {@link Adapter} shows it to the gate.
 *
 * <p>Until the call is admitted an exchange belongs to the calling thread. Afterwards {@link
 * #abort} may be called by another thread at any time, more than once.
 */
public abstract class Exchange {
  private volatile Tap tap;

  /**
   * The request's method, in capitals; empty when the call has a name and no address: then that is
   * its {@link #url}.
   */
  public abstract String method();

  /** The request's URL as the client has it, with scheme, host, path and query. */
  public abstract String url();

  /** What it is done with, where the gate keeps account of that; {@code null} elsewhere. */
  public Object subject() {
    return null;
  }

  /** Whether it is part of what was decided about and goes on: then nobody has to be asked. */
  public boolean isPart() {
    return false;
  }

  /** The connection that it goes through, where the gate knows it: that may know how to end it. */
  public void through(Object connection) {}

  /** Whether, as far as that connection tells, what is changed there is committed by itself. */
  public boolean autoCommits() {
    return true;
  }

  /** The first value of a request header, or {@code null}. */
  public abstract String header(String name);

  /**
   * The request's body, or {@code null} when there is none or it cannot be read. Asked for where
   * the rest of the request looks like one to a model: a client that would send the body while it
   * is written may hold it back from then on.
   */
  public abstract byte[] body();

  /**
   * Sends {@code body} in place of the application's.
   *
   * @return whether it will be; {@code false} for signed requests and bodies of one shot
   */
  public boolean replaceBody(byte[] body) {
    return false;
  }

  /** Whether a signature covers the body, so that another one would be turned down. */
  protected final boolean isSigned() {
    String authorization = header("Authorization");
    return authorization != null && authorization.startsWith("AWS4-")
        || header("X-Amz-Content-Sha256") != null;
  }

  /** Adds or replaces a request header; {@code false} when the client does not allow it. */
  public boolean setHeader(String name, String value) {
    return false;
  }

  /** The length that the body has on the wire when it is not readable here; -1 when unknown. */
  public long bodyLength() {
    return -1;
  }

  /**
   * Nobody is to read the answer any more: shows the tap what of it has come to this machine and
   * can be had from there. Whoever reads all the same finds no silent end. Asked before {@link
   * #abort} by any thread, or by the application's own where that leaves. By itself nobody can tell
   * what has come.
   *
   * @param stopped whether its run is being stopped: then nothing may be waited for, at all
   * @return whether nobody is reading, so that nobody will be told of an abort
   */
  public boolean giveUp(boolean stopped) {
    Tap told = tap;
    if (told != null && told.counts()) {
      told.unread(-1, false);
    }
    return false;
  }

  /**
   * Whether whoever read the answer wants no more of it, while its client has yet to say that it is
   * over: on a thread of its own, perhaps. Asked by any thread.
   */
  public boolean isLeft() {
    return false;
  }

  /** Ends the exchange through the client's own handle. Says nothing when it has ended already. */
  public abstract void abort();

  /**
   * Whether this step sends the request. A step that only opens the way (a connection, a stream to
   * be filled) is refused and aborted like any other, but there is no traffic to be read yet.
   */
  public boolean sends() {
    return true;
  }

  /**
   * Whether this step is skipped because the body is still to be written: once that is there, the
   * client takes the same step again. Asked after {@link #body} was, or was not.
   *
   * @return the ticket that skips it, or {@code null}
   */
  public Skip postponed() {
    return null;
  }

  /** Whether the answer comes after the woven method has returned (a callback, a future). */
  public boolean async() {
    return false;
  }

  /**
   * Whether the request is made up, and leaves, after the woven method has returned: then each
   * attempt announces itself by {@link Tap#leaving}, when its body is there.
   */
  public boolean leavesLater() {
    return false;
  }

  /** Whether the inner hook is shown each attempt, and not the first alone. */
  public boolean eachAttempt() {
    return leavesLater();
  }

  /**
   * Whether an answer of which nothing has been read may simply be left: this client asks nobody to
   * close it. Such an answer keeps no run from being over.
   */
  public boolean mayBeLeft() {
    return false;
  }

  /**
   * Delivers a refusal in the way the called API delivers failure.
   *
   * @return the ticket that skips the call, or {@code null} when the refusal is to be thrown
   */
  public Skip refused(RuntimeException why) {
    return null;
  }

  /**
   * What to throw inside the client in place of {@code why}, when one of its attempts is refused: a
   * client that works on a thread of its own may take only certain exceptions for an answer.
   */
  public Throwable inside(RuntimeException why) {
    return why;
  }

  /**
   * Sees the woven method's result on its way out; may tap it.
   *
   * @return the result for the caller
   */
  public Object returned(Object result) {
    return result;
  }

  /** Sees what the woven method throws, before the call is settled; may still tell of the head. */
  public void threw(Throwable thrown) {}

  /** The object by which {@link Adapter#handle} leads back to this exchange, or {@code null}. */
  public Object handle() {
    return null;
  }

  /** Where the answer is to be shown. Set by the gate when the call is admitted. */
  public final void tap(Tap admitted) {
    tap = admitted;
  }

  /** The admitted call's tap; {@code null} before it is admitted. */
  public final Tap tap() {
    return tap;
  }
}
