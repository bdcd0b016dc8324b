package io.belay.agent.run;

import java.util.ArrayList;
import java.util.List;

/**
 * What a stop would do, were it asked for now.
 *
 * @param runs the runs that would be stopped, each behind its parent
 * @param calls their calls that are in flight
 */
public record StopPreview(List<Run> runs, List<Planned> calls) {
  /**
   * A call in flight.
   *
   * @param graceMs how long it would be waited for, in milliseconds; 0 when it would be aborted at
   *     once, -1 when it would be left to finish
   */
  public record Planned(StopReport.Call call, long graceMs) {}

  static StopPreview of(Run top, Policy policy) {
    List<Run> runs = new ArrayList<>();
    if (!Verdict.isDecided(top.verdict)) {
      runs.add(top);
    }
    for (int i = 0; i < runs.size(); i++) {
      for (Run child : runs.get(i).below()) {
        if (!Verdict.isDecided(child.verdict)) {
          runs.add(child);
        }
      }
    }
    List<Planned> calls = new ArrayList<>();
    for (Run run : runs) {
      for (InFlight call : Lanes.show(run)) {
        calls.add(new Planned(StopReport.Call.of(call), millis(policy.graceOf(call))));
      }
    }
    return new StopPreview(runs, calls);
  }

  private static long millis(long nanos) {
    return nanos == Policy.FOREVER ? -1 : nanos / 1_000_000;
  }
}
