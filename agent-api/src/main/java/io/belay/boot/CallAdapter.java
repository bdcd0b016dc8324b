package io.belay.boot;

/**
 * Reads the calls of a protocol in which they have ids, and can be taken back by them. As an {@link
 * Adapter} it is compiled against the library and defined next to it; one instance serves all
 * threads.
 */
public abstract class CallAdapter {
  /**
   * The call that a woven method begins, or takes back.
   *
   * @return {@code null} when it is about none
   */
  public abstract Called call(Object self, Object[] args);

  /** Whether the method does not do the work, but returns what does when somebody asks it to. */
  public boolean isLater() {
    return false;
  }

  /** What the method is to return then: {@code result}, which begins the call as it is used. */
  public Object later(Object result, Opening opening) {
    return result;
  }
}
