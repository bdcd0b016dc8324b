package io.belay.agent.run;

import io.belay.agent.rule.Limits;
import org.jspecify.annotations.Nullable;

/** A method whose call is a run, as the configuration or a framework's boundary says. */
public final class EntrySite extends Site {
  private final Runs runs;
  private final int idArgument;

  /**
   * An entry point.
   *
   * @param idArgument which argument is the run's id; -1 for a generated id
   */
  public EntrySite(Runs runs, String boundary, String label, int idArgument) {
    super(boundary, label);
    this.runs = runs;
    this.idArgument = idArgument;
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    String id = "";
    if (args != null && idArgument >= 0 && idArgument < args.length && args[idArgument] != null) {
      id = args[idArgument].toString();
    }
    return Frame.open(runs, id, label(), boundary() + ' ' + label(), Limits.NONE);
  }
}
