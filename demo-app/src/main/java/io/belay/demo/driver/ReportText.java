package io.belay.demo.driver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Belay's stop report in a few lines. What the answer does not hold is left out. */
final class ReportText {
  private ReportText() {}

  static String of(JsonNode report) {
    List<String> lines = new ArrayList<>();
    JsonNode stop = report.path("stop");
    if (stop.isObject()) {
      String text = stop.path("text").asText("");
      lines.add(
          ("stopped by "
                  + stop.path("by").asText("somebody")
                  + ", "
                  + stop.path("reason").asText(""))
              + (text.isEmpty() ? "" : ": " + text));
    }
    if (report.has("quietAfterMs")) {
      lines.add("quiet after " + report.path("quietAfterMs").asLong() + " ms");
    }
    List<String> refused = new ArrayList<>();
    report
        .path("refused")
        .fields()
        .forEachRemaining(kind -> refused.add(kind.getValue().asInt() + " " + kind.getKey()));
    if (!refused.isEmpty()) {
      lines.add("refused: " + String.join(", ", refused));
    }
    for (JsonNode call : report.path("inFlight")) {
      lines.add(
          String.format(
              "in flight: %s %s of %s: %s",
              call.path("kind").asText(),
              call.path("target").asText(),
              call.path("runId").asText(),
              call.path("outcome").asText("?")));
    }
    count(lines, report, "rolledBack", "transactions rolled back: ");
    usage(lines, report.path("usageAtStop"), "used at the stop: ");
    usage(lines, report.path("usageAfterStop"), "used after it: ");
    if (report.path("savedEstimateUsd").isNumber()) {
      double saved = report.path("savedEstimateUsd").asDouble();
      lines.add(String.format(Locale.ROOT, "saved, by estimate: $%.6f", saved));
    }
    if (report.path("alive").isArray()) {
      lines.add("threads still at work: " + report.path("alive").size());
    }
    return "  " + String.join(System.lineSeparator() + "  ", lines) + System.lineSeparator();
  }

  private static void count(List<String> lines, JsonNode report, String field, String label) {
    if (report.path(field).isNumber()) {
      lines.add(label + report.path(field).asInt());
    }
  }

  private static void usage(List<String> lines, JsonNode usage, String label) {
    if (usage.isObject()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s%d input and %d output tokens, $%.6f",
              label,
              usage.path("inputTokens").asLong(),
              usage.path("outputTokens").asLong(),
              usage.path("costUsd").asDouble()));
    }
  }
}
