package io.belay.it.llm;

import java.util.List;

/** Usage comes with the last event. */
final class CohereWire extends Wire {
  CohereWire() {
    super("\"max_tokens\"\\s*:\\s*(\\d+)", "\"role\":\"tool\"");
  }

  @Override
  boolean streams(String path, String body) {
    return body.contains("\"stream\":true");
  }

  @Override
  String answer(long input, long tokens) {
    return message("COMPLETE", "\"content\":[{\"type\":\"text\",\"text\":\"a\"}]", input, tokens);
  }

  @Override
  String call(String url, long input, long tokens) {
    return message(
        "TOOL_CALL",
        "\"tool_plan\":\"I look it up\",\"tool_calls\":[{\"id\":\"t1\",\"type\":\"function\","
            + "\"function\":{\"name\":\"lookUp\",\"arguments\":\"{\\\"url\\\":\\\""
            + url
            + "\\\"}\"}}]",
        input,
        tokens);
  }

  private static String message(String reason, String content, long input, long tokens) {
    return "{\"id\":\"c\",\"finish_reason\":\""
        + reason
        + "\",\"message\":{\"role\":\"assistant\","
        + content
        + "},"
        + usage(input, tokens)
        + "}";
  }

  private static String usage(long input, long tokens) {
    return ("\"usage\":{\"billed_units\":{\"input_tokens\":1,\"output_tokens\":%2$d},"
            + "\"tokens\":{\"input_tokens\":%1$d,\"output_tokens\":%2$d}}")
        .formatted(input, tokens);
  }

  @Override
  List<String> first(long input) {
    return List.of(
        "{\"type\":\"message-start\",\"id\":\"c\",\"delta\":{\"message\":{\"role\":\"assistant\","
            + "\"content\":[],\"tool_plan\":\"\",\"tool_calls\":[],\"citations\":[]}}}",
        "{\"type\":\"content-start\",\"index\":0,\"delta\":{\"message\":{\"content\":"
            + "{\"type\":\"text\",\"text\":\"\"}}}}");
  }

  @Override
  String token() {
    return "{\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":"
        + "{\"text\":\"a\"}}}}";
  }

  @Override
  List<String> last(String body, long input, long tokens) {
    return List.of(
        "{\"type\":\"content-end\",\"index\":0}",
        "{\"type\":\"message-end\",\"id\":\"c\",\"delta\":{\"finish_reason\":\"COMPLETE\","
            + usage(input, tokens)
            + "}}");
  }
}
