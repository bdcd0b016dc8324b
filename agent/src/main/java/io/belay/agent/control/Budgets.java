package io.belay.agent.control;

import io.belay.agent.run.Run;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits of runs, as the control plane shows and changes them. Names are those of the
 * configuration without {@code belay.budget.}; values are tokens, calls, US dollars, or
 * milliseconds. Called by any thread.
 */
public interface Budgets {
  /** What names of limits of the whole JVM begin with; they are the root's to show and change. */
  String JVM = "jvm.";

  /** Nobody has a limit, and none can be set. */
  Budgets NONE =
      new Budgets() {
        @Override
        public Map<String, Number> limits(Run run) {
          return Map.of();
        }

        @Override
        public Map<String, Number> reserved(Run run) {
          return Map.of();
        }

        @Override
        public void change(Run run, Map<String, @Nullable String> limits) {
          throw new IllegalArgumentException("this JVM keeps no budgets");
        }
      };

  /** The limits of {@code run} itself, in the order in which they are shown. */
  Map<String, Number> limits(Run run);

  /** Of each limit, what calls in flight have set aside and not used yet; zeros may be absent. */
  Map<String, Number> reserved(Run run);

  /**
   * Sets limits of a live run; those that are not named stay. All of them are set, or none.
   *
   * @param limits values in the syntax of the configuration: {@code 50000}, {@code 2.50}, {@code
   *     90s}; {@code null} takes one away
   * @throws IllegalArgumentException when a value cannot be taken; the message says why
   */
  void change(Run run, Map<String, @Nullable String> limits);
}
