package io.belay.agent.run;

import io.belay.api.Reason;
import io.belay.api.RunStoppedException;
import io.belay.api.StopEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a run was stopped: who, why, when. Its presence in {@link Run} is the flag that every
 * boundary reads.
 *
 * @param report the account of the stop that this one is a part of
 * @param nanos when, on the {@link Clock}
 */
record Stop(Reason reason, String by, String text, Instant at, long nanos, Stopping report)
    implements Verdict {
  /** The same stop as a run below sees it. */
  Stop forChild() {
    return reason == Reason.PARENT ? this : forChild(report);
  }

  /** The same for a run that has an account of its own. */
  Stop forChild(Stopping own) {
    return new Stop(Reason.PARENT, by, text, at, nanos, own);
  }

  StopEvent event(String runId) {
    return new StopEvent(runId, reason, by, text, at);
  }

  /**
   * What is thrown for it: a limit that was reached is named.
   *
   * @param kind of the call that is refused; {@code null} where there is none
   */
  RunStoppedException thrown(
      String runId, @Nullable Kind kind, String what, String message, boolean stackless) {
    Denied spent = report.spent();
    return spent == null
        ? new RunStoppedException(runId, reason, what, message, stackless)
        : new Refused(spent, kind, text).thrown(runId, what, message, stackless);
  }

  /** That {@code runId} is stopped, in one clause for an exception: with the reason that it has. */
  String sentence(String runId) {
    StringBuilder told =
        new StringBuilder(128).append("run ").append(runId).append(" is stopped (");
    boolean spent = report.spent() != null || reason == Reason.BUDGET;
    told.append(spent ? Reason.BUDGET : reason);
    if (!spent) {
      told.append(" by ").append(by);
    }
    if (!text.isEmpty()) {
      told.append(": ").append(text);
    }
    if (spent && !report.run().id().equals(runId)) {
      told.append(", in run ").append(report.run().id());
    }
    return told.append(')').toString();
  }
}
