package io.belay.agent.control;

import java.util.List;

/** Changes the agent while it is attached. */
@FunctionalInterface
public interface Attachment {
  /**
   * Applies settings in the form of agent arguments, {@code key=value,key=value}. All of them are
   * taken, or none.
   *
   * @param force detaches also while stops are under way, whose runs go on then
   * @return what was done, a line each
   * @throws IllegalArgumentException when one cannot be read, or not be changed any more; the
   *     message says which, and what to do
   */
  List<String> change(String settings, boolean force);
}
