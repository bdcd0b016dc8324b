package io.belay.boot;

/**
 * Reads the traffic of one HTTP client. The typed subclass is compiled against the client and
 * defined next to the client's class loader, so it knows the client's types and, of Belay, this
 * package alone.
 *
 * <p>One instance serves all threads; it keeps no state of a call.
 */
public abstract class Adapter {
  /**
   * Describes what a woven call is about to send.
   *
   * @param self the receiver of the woven method
   * @param args its arguments; an adapter may replace elements (a callback, a request)
   * @return the exchange, or {@code null} when this call sends nothing by itself
   */
  public abstract Exchange open(Object self, Object[] args);

  /**
   * The innermost hook, entered for an exchange that was admitted: applies what the gate rewrote.
   *
   * @param exchange what {@link #open} returned for this call
   * @param args arguments of the inner method; elements may be replaced
   */
  public void sending(Exchange exchange, Object self, Object[] args) {}

  /**
   * The innermost hook's return.
   *
   * @return the result to hand on, usually with a body that is tapped
   */
  public Object answered(Exchange exchange, Object result) {
    return result;
  }

  /**
   * Wraps what a woven method answers with, when nothing is sent before somebody subscribes to it:
   * each subscription then calls {@link Gate#enter} with {@code site}, {@code subject} and an
   * exchange as the one argument, and {@link Gate#opened} with the first thing that comes.
   *
   * @param subject the receiver of the woven method
   * @param text what a subscription does
   */
  public Object published(Object publisher, Object subject, String text, int site) {
    return publisher;
  }

  /**
   * The object by which an inner hook finds the exchange that {@link #open} made, when another
   * thread may come by; {@code null} when the calling thread is enough to find it.
   *
   * @param args arguments of the inner method; {@code null} when the hook only asks
   */
  public Object handle(Object self, Object[] args) {
    return null;
  }
}
