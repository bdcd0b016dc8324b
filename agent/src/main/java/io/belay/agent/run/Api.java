package io.belay.agent.run;

import io.belay.agent.rule.Limits;
import io.belay.api.RunOptions;
import io.belay.api.RunProvider;
import io.belay.api.RunStoppedException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** The API, served by the attached agent. */
public final class Api implements RunProvider {
  private final Runs runs;
  private final Function<Map<String, String>, Limits> limits;

  /**
   * Serves {@code runs}.
   *
   * @param limits reads the limits of {@link RunOptions}; throws on values it cannot read
   */
  public Api(Runs runs, Function<Map<String, String>, Limits> limits) {
    this.runs = runs;
    this.limits = limits;
  }

  @Override
  public <T> T run(RunOptions options, Callable<T> work) throws Exception {
    Limits own = options.budget().isEmpty() ? Limits.NONE : limits.apply(options.budget());
    Ticket frame;
    try {
      frame = Frame.open(runs, options.id(), options.name(), "api", own);
    } catch (RunStoppedException refusal) {
      throw refusal;
    } catch (Throwable fault) {
      runs.gatekeeper().fault("beginning a run", fault);
      return work.call();
    }
    return inside(frame, work);
  }

  @Override
  public <T> T shield(Callable<T> work) throws Exception {
    return inside(ShieldSite.open(runs), work);
  }

  // A ticket answers with the same, or with the same wrapped; null only for null.
  @SuppressWarnings({"unchecked", "NullAway"})
  private <T> T inside(Ticket ticket, Callable<T> work) throws Exception {
    T result;
    try {
      result = work.call();
    } catch (Throwable failure) {
      runs.gatekeeper().exit(ticket, null, failure);
      throw failure;
    }
    return (T) runs.gatekeeper().exit(ticket, result, null);
  }

  @Override
  public io.belay.api.Run current() {
    Run run = runs.gatekeeper().current(Carrier.peek());
    return run == runs.none() ? runs.root() : run;
  }
}
