package io.belay.it.llm;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a provider's answers look like: one constant for each wire format. */
abstract class Wire {
  static final Wire OPENAI = new OpenAiWire();
  static final Wire ANTHROPIC = new AnthropicWire();
  static final Wire GEMINI = new GeminiWire();
  static final Wire BEDROCK_CONVERSE = new ConverseWire();
  static final Wire BEDROCK_INVOKE = new InvokeWire();
  static final Wire OLLAMA = new OllamaWire();
  static final Wire COHERE = new CohereWire();

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
