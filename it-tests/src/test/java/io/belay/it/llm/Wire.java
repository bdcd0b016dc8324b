package io.belay.it.llm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a provider's answers look like: one constant for each wire format. */
enum Wire {
  /** Usage comes in a chunk without choices, and only to who asks for it. */
  OPENAI("\"max_(?:completion_)?tokens\"\\s*:\\s*(\\d+)", "\"role\":\"tool\"") {
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
  },

  /** Input comes with the first event, output with the last. */
  ANTHROPIC("\"max_tokens\"\\s*:\\s*(\\d+)", "\"tool_result\"") {
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
  },

  /** Usage comes with the last chunk. */
  GEMINI("\"maxOutputTokens\"\\s*:\\s*(\\d+)", "\"functionResponse\"") {
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
      return List.of(
          content("{\"text\":\"\"}", ",\"finishReason\":\"STOP\"", usage(input, tokens)));
    }
  },

  /** Each event is its type, a line's end and its JSON; usage comes with the last one. */
  BEDROCK_CONVERSE("\"maxTokens\"\\s*:\\s*(\\d+)", "\"toolResult\"") {
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
  },

  /** What the model's vendor speaks, here Anthropic, in Base64. */
  BEDROCK_INVOKE("\"max_tokens\"\\s*:\\s*(\\d+)", "\"tool_result\"") {
    @Override
    boolean streams(String path, String body) {
      return path.endsWith("/invoke-with-response-stream");
    }

    @Override
    String answer(long input, long tokens) {
      return ANTHROPIC.answer(input, tokens);
    }

    @Override
    List<String> first(long input) {
      return ANTHROPIC.first(input);
    }

    @Override
    String token() {
      return ANTHROPIC.token();
    }

    @Override
    List<String> last(String body, long input, long tokens) {
      return ANTHROPIC.last(body, input, tokens);
    }

    @Override
    String contentType() {
      return BEDROCK_CONVERSE.contentType();
    }

    @Override
    byte[] framed(String event) {
      byte[] json = event.replaceAll("\nevent: .*", "").getBytes(StandardCharsets.UTF_8);
      return EventStream.message(
          "chunk", "{\"bytes\":\"" + Base64.getEncoder().encodeToString(json) + "\"}");
    }
  };

  private final Pattern limit;
  private final String result;

  Wire(String limit, String result) {
    this.limit = Pattern.compile(limit);
    this.result = result;
  }

  /** The most output that a request allows. */
  final long allowed(String body) {
    Matcher found = limit.matcher(body);
    return found.find() ? Long.parseLong(found.group(1)) : Long.MAX_VALUE / 4;
  }

  /** Whether a request offers a tool and does not bring its result. */
  final boolean offersTool(String body) {
    return body.contains("lookUp") && !body.contains(result);
  }

  /** Whether an answer is to come in pieces. */
  abstract boolean streams(String path, String body);

  /** An answer in one piece. */
  abstract String answer(long input, long tokens);

  /** An answer that calls the tool. */
  String call(String url, long input, long tokens) {
    throw new IllegalStateException("nobody offers tools here");
  }

  /** What a stream is announced as. */
  String contentType() {
    return "text/event-stream";
  }

  /** An event as it is sent. */
  byte[] framed(String event) {
    return ("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The events before the first token. */
  List<String> first(long input) {
    return List.of();
  }

  /** The event of one token. */
  abstract String token();

  /** The events after the last token. */
  abstract List<String> last(String body, long input, long tokens);
}
