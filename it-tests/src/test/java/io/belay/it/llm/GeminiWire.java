package io.belay.it.llm;

import java.util.List;

/** Usage comes with the last chunk. */
final class GeminiWire extends Wire {
  GeminiWire() {
    super("\"maxOutputTokens\"\\s*:\\s*(\\d+)", "\"functionResponse\"");
  }

  @Override
  boolean streams(String path, String body) {
    return path.contains(":streamGenerateContent");
  }

  @Override
  String answer(long input, long tokens) {
    return content("{\"text\":\"a\"}", ",\"finishReason\":\"STOP\"", usage(input, tokens));
  }

  @Override
  String call(String url, long input, long tokens) {
    return content(
        "{\"functionCall\":{\"name\":\"lookUp\",\"args\":{\"url\":\"" + url + "\"}}}",
        ",\"finishReason\":\"STOP\"",
        usage(input, tokens));
  }

  private static String content(String part, String finish, String usage) {
    return "{\"candidates\":[{\"content\":{\"parts\":["
        + part
        + "],\"role\":\"model\"},\"index\":0"
        + finish
        + "}]"
        + usage
        + "}";
  }

  private static String usage(long input, long tokens) {
    return (",\"usageMetadata\":{\"promptTokenCount\":%d,\"candidatesTokenCount\":%d,"
            + "\"totalTokenCount\":%d}")
        .formatted(input, tokens, input + tokens);
  }

  @Override
  String token() {
    return content("{\"text\":\"a\"}", "", "");
  }

  @Override
  List<String> last(String body, long input, long tokens) {
    return List.of(content("{\"text\":\"\"}", ",\"finishReason\":\"STOP\"", usage(input, tokens)));
  }
}
