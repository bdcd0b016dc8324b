package io.belay.it.llm;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A line of JSON for each piece; usage comes with the last one. */
final class OllamaWire extends Wire {
  OllamaWire() {
    super("\"num_predict\"\\s*:\\s*(\\d+)", "\"role\":\"tool\"");
  }

  @Override
  boolean streams(String path, String body) {
    return !body.contains("\"stream\":false");
  }

  @Override
  String answer(long input, long tokens) {
    return message("\"content\":\"a\"", input, tokens);
  }

  @Override
  String call(String url, long input, long tokens) {
    return message(
        "\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"lookUp\",\"arguments\":"
            + "{\"url\":\""
            + url
            + "\"}}}]",
        input,
        tokens);
  }

  private static String message(String message, long input, long tokens) {
    return "{\"model\":\"m\",\"created_at\":\"2026-01-01T00:00:00Z\",\"message\":{\"role\":"
        + "\"assistant\","
        + message
        + "},\"done_reason\":\"stop\",\"done\":true,\"prompt_eval_count\":%d,\"eval_count\":%d}"
            .formatted(input, tokens);
  }

  @Override
  String contentType() {
    return "application/x-ndjson";
  }

  @Override
  byte[] framed(String event) {
    return (event + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  String token() {
    return "{\"model\":\"m\",\"created_at\":\"2026-01-01T00:00:00Z\",\"message\":{\"role\":"
        + "\"assistant\",\"content\":\"a\"},\"done\":false}";
  }

  @Override
  List<String> last(String body, long input, long tokens) {
    return List.of(message("\"content\":\"\"", input, tokens));
  }
}
