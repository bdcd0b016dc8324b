package io.belay.api;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a run is to begin: its id, a name for people, limits of its own. Immutable; each method
 * answers a changed copy.
 */
public final class RunOptions {
  private final String id;
  private final String name;
  private final Map<String, String> budget;

  private RunOptions(String id, String name, Map<String, String> budget) {
    this.id = id;
    this.name = name;
    this.budget = budget;
  }

  /** A run whose id is generated. */
  public static RunOptions create() {
    return new RunOptions("", "", Map.of());
  }

  /** A run with this id. See {@link #id(String)}. */
  public static RunOptions of(String id) {
    return create().id(id);
  }

  /**
   * The run's id: 1 to 128 characters of {@code [A-Za-z0-9._:~-]}; any other is replaced by {@code
   * -}. When a live run has it already, the new one gets the suffix {@code ~2}, {@code ~3}...
   * {@code null} or empty: it is generated.
   */
  public RunOptions id(String id) {
    return new RunOptions(id == null ? "" : id, name, budget);
  }

  /** A name for people, shown beside the id. */
  public RunOptions name(String name) {
    return new RunOptions(id, name, budget);
  }

  /**
   * A limit of this run, besides those of the configuration: the tighter one counts.
   *
   * @param limit its name without {@code belay.budget.}: {@code output-tokens}, {@code cost-usd},
   *     {@code time}...
   * @param value in the limit's unit, as the configuration has it: {@code 20000}, {@code 0.5},
   *     {@code 90s}
   */
  public RunOptions budget(String limit, String value) {
    Map<String, String> changed = new LinkedHashMap<>(budget);
    changed.put(limit, value);
    return new RunOptions(id, name, Map.copyOf(changed));
  }

  /** The id asked for; empty when it is to be generated. */
  public String id() {
    return id;
  }

  /** The name; empty when there is none. */
  public String name() {
    return name;
  }

  /** The limits, by name. */
  public Map<String, String> budget() {
    return budget;
  }
}
