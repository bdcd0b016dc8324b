package io.belay.it.llm;

import java.util.ArrayList;
import java.util.List;

/** Usage comes in a chunk without choices, and only to who asks for it. */
final class OpenAiWire extends Wire {
  OpenAiWire() {
    super("\"max_(?:completion_)?tokens\"\\s*:\\s*(\\d+)", "\"role\":\"tool\"");
  }

  @Override
  boolean streams(String path, String body) {
    return body.contains("\"stream\":true");
  }

  @Override
  String answer(long input, long tokens) {
    return completion(
        "\"finish_reason\":\"stop\",\"logprobs\":null,"
            + "\"message\":{\"role\":\"assistant\",\"content\":\"a\",\"refusal\":null}",
        input,
        tokens);
  }

  @Override
  String call(String url, long input, long tokens) {
    return completion(
        "\"finish_reason\":\"tool_calls\",\"logprobs\":null,\"message\":{\"role\":\"assistant\","
            + "\"content\":null,\"refusal\":null,\"tool_calls\":[{\"id\":\"t1\",\"type\":"
            + "\"function\",\"function\":{\"name\":\"lookUp\",\"arguments\":\"{\\\"url\\\":\\\""
            + url
            + "\\\"}\"}}]}",
        input,
        tokens);
  }

  private static String completion(String choice, long input, long tokens) {
    return "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\","
        + "\"choices\":[{\"index\":0,"
        + choice
        + "}],"
        + usage(input, tokens)
        + "}";
  }

  @Override
  String token() {
    return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
        + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}";
  }

  @Override
  List<String> last(String body, long input, long tokens) {
    List<String> events = new ArrayList<>();
    events.add(
        "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
            + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
    if (body.contains("\"include_usage\":true")) {
      events.add(
          "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
              + "\"choices\":[],"
              + usage(input, tokens)
              + "}");
    }
    events.add("[DONE]");
    return events;
  }

  private static String usage(long input, long tokens) {
    return "\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
        .formatted(input, tokens, input + tokens);
  }
}
