package io.belay.agent;

import io.belay.agent.log.Log;
import io.belay.agent.run.Runs;
import io.belay.agent.run.StopReport;
import io.belay.api.StopEvent;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Writes the one line per stopped run, and each fault of ours once. */
final class LogJournal implements Runs.Journal {
  private static final int REMEMBERED = 1000;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private volatile Consumer<StopReport> also = report -> {};

  /** Hands every report to {@code listener}, too. */
  void alsoTell(Consumer<StopReport> listener) {
    also = listener;
  }

  @Override
  public void stopped(StopReport report) {
    StopEvent stop = report.stop();
    long refused = 0;
    for (long count : report.refused().values()) {
      refused += count;
    }
    Log.info(
        "run "
            + stop.runId()
            + " stopped: "
            + stop.reason()
            + " by "
            + stop.by()
            + (stop.text().isEmpty() ? "" : " (" + stop.text() + ")")
            + "; quiet after "
            + report.quietAfterMs()
            + " ms, "
            + report.inFlight().size()
            + " in flight, "
            + refused
            + " refused, "
            + report.rolledBack()
            + " rolled back");
    also.accept(report);
  }

  @Override
  public void note(String line) {
    if (told.size() < REMEMBERED && told.add(line)) {
      Log.warn(line);
    }
  }

  @Override
  public void fault(String during, Throwable thrown) {
    StackTraceElement[] stack = thrown.getStackTrace();
    String where = during + thrown.getClass() + (stack.length == 0 ? "" : stack[0]);
    if (told.size() < REMEMBERED && told.add(where)) {
      Log.error("a fault in Belay while " + during + "; the application goes on", thrown);
    }
  }
}
