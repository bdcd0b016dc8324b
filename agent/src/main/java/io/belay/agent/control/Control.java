package io.belay.agent.control;

/** One door. Opened once, closed once; both from any thread. */
public interface Control extends AutoCloseable {
  /**
   * Opens it.
   *
   * @throws ControlException when it cannot be opened and the user has to do something about it
   */
  void start() throws ControlException;

  /** Where it is, for people: a URL, an object name. Empty while it is closed. */
  String address();

  /** Closes it; does nothing when it is not open. Never throws. */
  @Override
  void close();
}
