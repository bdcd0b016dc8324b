package io.belay.agent.control;

import io.belay.agent.run.Kind;
import io.belay.agent.run.Run;
import io.belay.agent.run.Runs;
import io.belay.agent.run.StopReport;
import io.belay.api.Status;
import io.belay.api.Usage;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * The numbers of this JVM in Prometheus' text format, version 0.0.4. Run ids and targets are no
 * labels: there would be a time series for each.
 */
final class Metrics {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder(2048);

  private Metrics() {}

  static byte[] of(Runs runs, Events events) {
    return new Metrics().all(runs, events).getBytes(StandardCharsets.UTF_8);
  }

  private String all(Runs runs, Events events) {
    Map<Status, Long> byStatus = new EnumMap<>(Status.class);
    byStatus.put(Status.RUNNING, 0L);
    byStatus.put(Status.STOPPING, 0L);
    Map<Kind, Long> inFlight = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      inFlight.put(kind, 0L);
    }
    for (Run run : runs.live()) {
      byStatus.computeIfPresent(run.status(), (status, count) -> count + 1);
      for (StopReport.Call call : run.calls()) {
        inFlight.merge(call.kind(), 1L, Long::sum);
      }
    }
    head("belay_runs", "gauge", "Runs that have not ended, by status; the root is one.");
    byStatus.forEach((status, count) -> row("belay_runs", "status", status, count));
    head("belay_runs_begun_total", "counter", "Runs begun, the root aside.");
    row("belay_runs_begun_total", runs.begunCount());
    head("belay_runs_ended_total", "counter", "Runs ended, by how.");
    for (Status status : Status.values()) {
      if (status.ended()) {
        row("belay_runs_ended_total", "status", status, runs.endedCount(status));
      }
    }
    head("belay_calls_in_flight", "gauge", "Boundary calls that have begun and are not over.");
    inFlight.forEach((kind, count) -> row("belay_calls_in_flight", "kind", kind, count));
    head("belay_refusals_total", "counter", "Boundary calls refused.");
    for (Kind kind : Kind.values()) {
      row("belay_refusals_total", "kind", kind, runs.gatekeeper().refused(kind));
    }
    head("belay_observed_total", "counter", "What would have been done if not only observed.");
    row("belay_observed_total", "would", "stop", runs.observed().stops());
    row("belay_observed_total", "would", "refuse", runs.observed().refusals());
    row("belay_observed_total", "would", "end", runs.observed().ends());
    row("belay_observed_total", "would", "lower", runs.observed().clamps());
    head("belay_observed_statements_total", "counter", "Statements that would have been refused.");
    runs.observed()
        .statements()
        .forEach((sql, n) -> row("belay_observed_statements_total", "statement", quoted(sql), n));
    use(runs.root().usage());
    head("belay_faults_total", "counter", "Faults of Belay's own that were survived.");
    row("belay_faults_total", runs.gatekeeper().faults());
    head("belay_event_subscribers", "gauge", "Readers of the event stream.");
    row("belay_event_subscribers", events.subscribers());
    head("belay_event_subscribers_gone_total", "counter", "Readers that left or were too slow.");
    row("belay_event_subscribers_gone_total", events.dropped());
    return text.toString();
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private void use(Usage usage) {
    head("belay_tokens_total", "counter", "Tokens used; cached ones are part of the input.");
    row("belay_tokens_total", "type", "input", usage.inputTokens());
    row("belay_tokens_total", "type", "output", usage.outputTokens());
    row("belay_tokens_total", "type", "cache_read", usage.cacheReadTokens());
    row("belay_tokens_total", "type", "cache_write", usage.cacheWriteTokens());
    head("belay_cost_usd_total", "counter", "What these tokens cost, in US dollars.");
    text.append("belay_cost_usd_total ").append(usage.costUsd()).append('\n');
    head("belay_llm_calls_total", "counter", "Calls of language models.");
    row("belay_llm_calls_total", usage.llmCalls());
    head("belay_tool_calls_total", "counter", "Calls of tools.");
    row("belay_tool_calls_total", usage.toolCalls());
  }

  private void head(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void row(String name, long value) {
    text.append(name).append(' ').append(value).append('\n');
  }

  private void row(String name, String label, Object of, long value) {
    text.append(name).append('{').append(label).append("=\"").append(of).append("\"} ");
    text.append(value).append('\n');
  }
}
