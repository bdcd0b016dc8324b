package io.belay.it.llm;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What the model's vendor speaks, here Anthropic, in Base64. */
final class InvokeWire extends Wire {
  InvokeWire() {
    super("\"max_tokens\"\\s*:\\s*(\\d+)", "\"tool_result\"");
  }

  @Override
  boolean streams(String path, String body) {
    return path.endsWith("/invoke-with-response-stream");
  }

  @Override
  String answer(long input, long tokens) {
    return Wire.ANTHROPIC.answer(input, tokens);
  }

  @Override
  String call(String url, long input, long tokens) {
    return Wire.ANTHROPIC.call(url, input, tokens);
  }

  @Override
  List<String> first(long input) {
    return Wire.ANTHROPIC.first(input);
  }

  @Override
  String token() {
    return Wire.ANTHROPIC.token();
  }

  @Override
  List<String> last(String body, long input, long tokens) {
    return Wire.ANTHROPIC.last(body, input, tokens);
  }

  @Override
  String contentType() {
    return Wire.BEDROCK_CONVERSE.contentType()
        + "\r\nX-Amzn-Bedrock-Content-Type: application/json";
  }

  @Override
  byte[] framed(String event) {
    byte[] json = event.replaceAll("\nevent: .*", "").getBytes(StandardCharsets.UTF_8);
    return EventStream.message(
        "chunk", "{\"bytes\":\"" + Base64.getEncoder().encodeToString(json) + "\"}");
  }
}
