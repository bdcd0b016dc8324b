package io.belay.agent.control;

import java.util.List;

/**
 * The runs of this JVM for JMX clients, as {@code io.belay:type=Runs}. What is more than a number
 * or an id is JSON, in the shapes of openapi.json.
 */
public interface RunsMXBean {
  /** The ids of the runs that have not ended, {@code jvm} among them. */
  List<String> getLive();

  /** How many runs were stopped and are not quiet yet. */
  int getStopping();

  /** All runs that are known, as a JSON array. */
  String list();

  /**
   * One run.
   *
   * @throws IllegalArgumentException when it is unknown
   */
  String show(String id);

  /**
   * Stops a run and all below it, with the reason {@code USER}. When this returns, no boundary call
   * of theirs begins any more.
   *
   * @param reason a text for the report; may be empty
   * @return the run's status: {@code stopping}, or {@code stopped} when it is quiet already
   * @throws IllegalArgumentException when it is unknown
   * @throws IllegalStateException when it has ended by itself
   */
  String stop(String id, String reason);

  /** The same, and ends all grace periods, also of a stop that is under way. */
  String forceStop(String id, String reason);

  /**
   * The report of the stop that the run was part of.
   *
   * @throws IllegalArgumentException when it is unknown
   * @throws IllegalStateException when it was not stopped
   */
  String report(String id);
}
