package io.belay.it.llm;

import java.util.List;

/** Input comes with the first event, output with the last. */
final class AnthropicWire extends Wire {
  AnthropicWire() {
    super("\"max_tokens\"\\s*:\\s*(\\d+)", "\"tool_result\"");
  }

  @Override
  boolean streams(String path, String body) {
    return body.contains("\"stream\":true");
  }

  @Override
  String answer(long input, long tokens) {
    return message("[{\"type\":\"text\",\"text\":\"a\"}]", "\"end_turn\"", input, tokens);
  }

  @Override
  String call(String url, long input, long tokens) {
    return message(
        "[{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"lookUp\",\"input\":{\"url\":\""
            + url
            + "\"}}]",
        "\"tool_use\"",
        input,
        tokens);
  }

  private static String message(String content, String reason, long input, long tokens) {
    return "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":"
        + content
        + ",\"stop_reason\":"
        + reason
        + ",\"stop_sequence\":null,\"usage\":{\"input_tokens\":%d,\"output_tokens\":%d}}"
            .formatted(input, tokens);
  }

  @Override
  List<String> first(long input) {
    return List.of(
        "{\"type\":\"message_start\",\"message\":"
            + message("[]", "null", input, 0)
            + "}\nevent: message_start",
        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
            + "{\"type\":\"text\",\"text\":\"\"}}\nevent: content_block_start");
  }

  @Override
  String token() {
    return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
        + "{\"type\":\"text_delta\",\"text\":\"a\"}}\nevent: content_block_delta";
  }

  @Override
  List<String> last(String body, long input, long tokens) {
    return List.of(
        "{\"type\":\"content_block_stop\",\"index\":0}\nevent: content_block_stop",
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\","
            + "\"stop_sequence\":null},\"usage\":{\"output_tokens\":"
            + tokens
            + "}}\nevent: message_delta",
        "{\"type\":\"message_stop\"}\nevent: message_stop");
  }
}
