package io.belay.agent.control;

import io.belay.agent.run.Run;
import io.belay.agent.run.Runs;
import io.belay.agent.run.StopPreview;
import io.belay.agent.run.StopReport;
import io.belay.agent.run.Stopping;
import io.belay.api.Status;
import io.belay.api.StopEvent;
import io.belay.api.Usage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs and reports as JSON: the shapes of openapi.json. */
final class RunJson {
  private static final Comparator<Run> OLDEST_FIRST =
      Comparator.comparing(Run::startedAt).thenComparing(Run::id);

  private final Runs runs;
  private final Budgets budgets;

  RunJson(Runs runs, Budgets budgets) {
    this.runs = runs;
    this.budgets = budgets;
  }

  /** All that are known, the oldest first, each behind its parent. */
  List<Run> all() {
    List<Run> all = new ArrayList<>(runs.ended());
    all.addAll(runs.live());
    all.sort(OLDEST_FIRST);
    all.remove(runs.root());
    all.add(0, runs.root());
    return all.stream().distinct().toList();
  }

  byte[] list(Collection<Run> shown) {
    Map<Run, List<String>> children = new HashMap<>();
    for (Run run : all()) {
      if (run.above() != null) {
        children.computeIfAbsent(run.above(), parent -> new ArrayList<>()).add(run.id());
      }
    }
    return Json.document(
        json ->
            json.array(
                "",
                shown,
                run -> run(json, "", run, run.status(), children.getOrDefault(run, List.of()))));
  }

  byte[] run(Run run) {
    return run(run, run.status());
  }

  /** The run as it was when its status was {@code status}, which may have moved on since. */
  byte[] run(Run run, Status status) {
    return Json.document(json -> run(json, "", run, status, children(run)));
  }

  private List<String> children(Run run) {
    List<Run> children = new ArrayList<>(run.below());
    for (Run other : runs.ended()) {
      if (other.above() == run) {
        children.add(other);
      }
    }
    return children.stream().sorted(OLDEST_FIRST).map(Run::id).distinct().toList();
  }

  private void run(Json json, String member, Run run, Status status, List<String> children) {
    boolean stopped = status == Status.STOPPING || status == Status.STOPPED;
    StopEvent stop = stopped ? run.stopEvent() : null;
    Map<String, Number> reserved = reserved(run);
    json.object(
        member,
        () -> {
          json.text("id", run.id());
          json.text("parent", run.above() == null ? null : run.above().id());
          json.text("name", run.name());
          json.text("status", status.toString());
          json.text("reason", stop == null ? null : stop.reason().name());
          json.time("startedAt", run.startedAt());
          json.time("stoppedAt", stop == null ? null : stop.at());
          json.time("endedAt", status.ended() ? run.endedAt() : null);
          json.text("origin", run.origin());
          usage(json, "usage", used(run));
          json.numbers("budget", budgets.limits(run));
          json.numbers("remaining", run.remaining());
          if (!reserved.isEmpty()) {
            json.numbers("reserved", reserved);
          }
          json.array("inFlight", run.calls(), call -> json.object("", () -> call(json, call)));
          json.strings("children", children);
        });
  }

  private static Usage used(Run run) {
    Stopping stopping = run.stopping();
    return stopping == null || stopping.run() != run ? run.usage() : stopping.used();
  }

  /** What calls in flight have set aside, without the limits for which that is nothing. */
  Map<String, Number> reserved(Run run) {
    Map<String, Number> reserved = new LinkedHashMap<>(budgets.reserved(run));
    reserved.values().removeIf(amount -> amount.doubleValue() == 0);
    return reserved;
  }

  byte[] report(StopReport report) {
    return Json.document(
        json ->
            json.object(
                "",
                () -> {
                  Run run = report.run();
                  run(json, "run", run, run.status(), children(run));
                  stop(json, report.stop());
                  json.numberFrom(0, "quietAfterMs", report.quietAfterMs());
                  json.numbers("refused", report.refused());
                  json.array(
                      "inFlight",
                      report.inFlight(),
                      call -> json.object("", () -> call(json, call)));
                  json.number("rolledBack", report.rolledBack());
                  json.strings("compensations", report.compensations());
                  usage(json, "usageAtStop", report.usageAtStop());
                  usage(json, "usageAfterStop", report.usageAfterStop());
                  json.decimal("savedEstimateUsd", report.savedEstimateUsd());
                  json.array("alive", report.alive(), alive -> alive(json, alive));
                }));
  }

  byte[] preview(Run run, StopPreview preview) {
    Map<String, Long> byKind = new TreeMap<>();
    preview
        .calls()
        .forEach(planned -> byKind.merge(planned.call().kind().toString(), 1L, Long::sum));
    return Json.document(
        json ->
            json.object(
                "",
                () -> {
                  run(json, "run", run, run.status(), children(run));
                  json.strings("runs", preview.runs().stream().map(Run::id).toList());
                  json.numbers("calls", byKind);
                  json.array("inFlight", preview.calls(), planned -> planned(json, planned));
                }));
  }

  private static void planned(Json json, StopPreview.Planned planned) {
    json.object(
        "",
        () -> {
          call(json, planned.call());
          json.text("then", planned.graceMs() == 0 ? "abort" : "wait");
          json.numberFrom(0, "graceMs", planned.graceMs());
        });
  }

  private static void stop(Json json, StopEvent stop) {
    json.object(
        "stop",
        () -> {
          json.time("at", stop.at());
          json.text("by", stop.by());
          json.text("reason", stop.reason().name());
          json.text("text", stop.text());
        });
  }

  private static void call(Json json, StopReport.Call call) {
    json.text("kind", call.kind().toString());
    json.text("target", call.target());
    json.text("runId", call.runId());
    json.time("startedAt", call.startedAt());
    json.text("outcome", call.outcome().toString());
    json.numberFrom(1, "status", call.status());
  }

  private static void alive(Json json, StopReport.Alive alive) {
    json.object(
        "",
        () -> {
          json.text("thread", alive.thread());
          json.strings("stack", alive.stack());
        });
  }

  private static void usage(Json json, String name, Usage usage) {
    json.object(
        name,
        () -> {
          json.number("inputTokens", usage.inputTokens());
          json.number("outputTokens", usage.outputTokens());
          json.number("cacheReadTokens", usage.cacheReadTokens());
          json.number("cacheWriteTokens", usage.cacheWriteTokens());
          json.decimal("costUsd", usage.costUsd());
          json.number("llmCalls", usage.llmCalls());
          json.number("toolCalls", usage.toolCalls());
          json.truth("estimated", usage.estimated());
        });
  }
}
