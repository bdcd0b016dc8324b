package io.belay.agent.run;

import io.belay.api.StopEvent;
import io.belay.api.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a stop did, for people and for JSON.
 *
 * @param run the run that was stopped
 * @param stop who, why, when
 * @param quietAfterMs milliseconds from the stop until nothing was at work; -1 while something is
 * @param refused calls refused since, by kind
 * @param inFlight every call that had begun when the stop came
 * @param rolledBack transactions rolled back instead of being committed
 * @param compensations requests sent to undo what others would do
 * @param usageAtStop tokens and cost until the stop, with what calls in flight had received then
 * @param usageAfterStop tokens and cost since
 * @param savedEstimateUsd what the aborted calls could still have cost
 * @param alive threads that are still at work for the run
 */
public record StopReport(
    Run run,
    StopEvent stop,
    long quietAfterMs,
    Map<String, Long> refused,
    List<Call> inFlight,
    int rolledBack,
    List<String> compensations,
    Usage usageAtStop,
    Usage usageAfterStop,
    double savedEstimateUsd,
    List<Alive> alive) {

  /**
   * A call that had begun.
   *
   * @param status how its answer began, as the protocol numbers it; 0 for none
   */
  public record Call(
      Kind kind, String target, String runId, Instant startedAt, Outcome outcome, int status) {
    /**
     * What became of them, but for those that came after the decision, as the walk that collected
     * them went on: they were refused, or let through with nothing left to end.
     */
    static List<Call> of(List<InFlight> calls) {
      List<Call> told = new ArrayList<>(calls.size());
      for (InFlight call : calls) {
        if (!call.isWithdrawn() && !isDisarmed(call)) {
          told.add(of(call));
        }
      }
      return told;
    }

    static Call of(InFlight call) {
      return new Call(
          call.kind(),
          call.target(),
          call.run().id(),
          call.startedAt(),
          call.outcome(),
          call.status());
    }

    /** Whether it goes on only because what it would have ended was taken back before. */
    private static boolean isDisarmed(InFlight call) {
      Ending.Undone before = call.undone;
      return before != null && before.proceeds();
    }
  }

  /** A thread at work, with its stack, the newest frame first. */
  public record Alive(String thread, List<String> stack) {
    static List<Alive> of(List<Run> runs) {
      List<Alive> alive = new ArrayList<>();
      for (Run run : runs) {
        for (Work piece : run.work.snapshot()) {
          Slot slot = piece.slot();
          if (slot != null && slot.thread.isAlive()) {
            List<String> frames = new ArrayList<>();
            for (StackTraceElement frame : slot.thread.getStackTrace()) {
              frames.add(frame.toString());
            }
            alive.add(new Alive(slot.thread.getName(), frames));
          }
        }
      }
      return alive;
    }
  }
}
