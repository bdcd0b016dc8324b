package io.belay.agent.run;

import io.belay.api.BudgetExceededException;
import org.jspecify.annotations.Nullable;

/**
 * What a refusal by a limit comes of. The exception, which is the application's, has names and
 * numbers alone; this is known beside it for as long as somebody holds it.
 *
 * @param kind of the call; {@code null} where none was made yet
 * @param why the limit in words, without the run and the call that it was refused to
 */
record Refused(Denied denied, @Nullable Kind kind, String why) {
  private static final WeakTable<Refused> BY_EXCEPTION = new WeakTable<>();

  /** What {@code thrown} comes of; {@code null} for one that Belay did not make here. */
  static @Nullable Refused of(BudgetExceededException thrown) {
    return BY_EXCEPTION.get(thrown);
  }

  /** What is thrown for it. */
  BudgetExceededException thrown(String runId, String what, String message, boolean stackless) {
    BudgetExceededException made = denied.thrown(runId, what, message, stackless);
    BY_EXCEPTION.put(made, this);
    return made;
  }
}
