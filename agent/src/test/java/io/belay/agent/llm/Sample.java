package io.belay.agent.llm;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** One answer as a provider sends it, with what it must be booked as. */
record Sample(
    String name,
    String path,
    String request,
    String contentType,
    byte[] body,
    Usage usage,
    String id,
    String model,
    ResponseTap.Finish finish) {

  static final Estimate ESTIMATE = new Estimate(77, 0.25, Optional.empty());

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  LlmRequest read() {
    Dialect dialect = Dialects.standard().match("POST", "any.host", 443, path).orElseThrow();
    return dialect.read(utf8(request), path, "");
  }

  ResponseTap tap() {
    return tap(Map.of(), false);
  }

  ResponseTap tap(Map<String, String> headers, boolean encoded) {
    LlmRequest read = read();
    ResponseHead head =
        ResponseHead.of(
            200, name -> name.equals("content-type") ? contentType : headers.get(name), encoded);
    return read.dialect().tap(read, head, ESTIMATE);
  }

  @Override
  public String toString() {
    return name;
  }
}
