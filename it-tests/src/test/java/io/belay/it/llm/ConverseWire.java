package io.belay.it.llm;

import java.util.List;

/** Each event is its type, a line's end and its JSON; usage comes with the last one. */
final class ConverseWire extends Wire {
  ConverseWire() {
    super("\"maxTokens\"\\s*:\\s*(\\d+)", "\"toolResult\"");
  }

  @Override
  boolean streams(String path, String body) {
    return path.endsWith("/converse-stream");
  }

  @Override
  String answer(long input, long tokens) {
    return "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"a\"}]}},"
        + "\"stopReason\":\"end_turn\","
        + usage(input, tokens)
        + "}";
  }

  private static String usage(long input, long tokens) {
    return ("\"usage\":{\"inputTokens\":%d,\"outputTokens\":%d,\"totalTokens\":%d},"
            + "\"metrics\":{\"latencyMs\":1}")
        .formatted(input, tokens, input + tokens);
  }

  @Override
  String token() {
    return "contentBlockDelta\n{\"contentBlockIndex\":0,\"delta\":{\"text\":\"a\"}}";
  }

  @Override
  List<String> last(String body, long input, long tokens) {
    return List.of(
        "messageStop\n{\"stopReason\":\"end_turn\"}", "metadata\n{" + usage(input, tokens) + "}");
  }

  @Override
  String contentType() {
    return "application/vnd.amazon.eventstream";
  }

  @Override
  byte[] framed(String event) {
    return EventStream.message(event.replaceAll("(?s)\n.*", ""), event.replaceAll(".*\n", ""));
  }
}
