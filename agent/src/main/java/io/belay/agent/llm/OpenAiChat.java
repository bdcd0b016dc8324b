package io.belay.agent.llm;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * OpenAI chat completions, spoken by Azure OpenAI, vLLM, LiteLLM, OpenRouter, Groq, DeepSeek, xAI,
 * Mistral, Ollama under {@code /v1} and most others.
 */
final class OpenAiChat extends Dialect {
  /** Models that reject {@code max_tokens}. */
  private static final Pattern THINKS = Pattern.compile("(o\\d|gpt-[5-9]|codex|computer-use).*");

  /** Mistral sends usage unasked and rejects fields it does not know. */
  private static final Pattern MISTRAL =
      Pattern.compile("(open-)?(mistral|mixtral|codestral|ministral|magistral|devstral|pixtral).*");

  private static final String AZURE_SINCE = "2024-09-01";

  OpenAiChat() {
    super("openai-chat", request(), answers());
  }

  private static Shape request() {
    Shape content = Ask.content();
    Shape shape =
        new Shape()
            .put(Ask.MODEL, "model")
            .put(Ask.STREAM, "stream")
            .put(Ask.LIMIT, "max_completion_tokens")
            .put(Ask.LIMIT_OLD, "max_tokens")
            .put(Ask.ANSWERS, "n")
            .put(Ask.STREAM_OPTIONS, "stream_options")
            .put(Ask.INCLUDE_USAGE, "stream_options.include_usage")
            .put(Ask.SERVICE, "service_tier")
            .put(Ask.MODALITY, "modalities[]")
            .put(Ask.SEARCH_ONCE, "web_search_options")
            .put(Ask.SEARCH_SIZE, "web_search_options.search_context_size")
            .put(Ask.EFFORT, "reasoning_effort", "verbosity")
            .put(Ask.RAW, "tools", "functions", "response_format")
            .put(Ask.TOOL, "tools[]", "functions[]")
            .put(Ask.MESSAGE, "messages[]")
            // Mistral's fill-in-the-middle sends a prompt to the same answer format.
            .put(Ask.MESSAGE, "prompt")
            .put(Ask.TEXT, "suffix");
    shape.at("messages[]").elsewhere(content);
    return shape;
  }

  private static Shape answers() {
    Shape shape =
        new Shape()
            .put(Slot.ID, "id")
            .put(Slot.MODEL, "model")
            .put(Slot.VARIES, "obfuscation", "created")
            .put(Slot.ERROR, "error")
            .put(Slot.SERVICE, "service_tier")
            .put(Slot.CHOICE, "choices[]")
            .put(Slot.FINISH, "choices[].finish_reason");
    for (String message : new String[] {"choices[].delta", "choices[].message"}) {
      shape.put(Slot.SOUND, message + ".audio.data", message + ".images[].image_url.url");
      shape.put(
          Slot.TEXT,
          message + ".content",
          message + ".content[].text",
          message + ".reasoning_content",
          message + ".reasoning",
          message + ".refusal",
          message + ".audio.transcript",
          message + ".function_call.name",
          message + ".function_call.arguments",
          message + ".tool_calls[].function.name",
          message + ".tool_calls[].function.arguments",
          message + ".tool_calls[].custom.input");
    }
    OpenAiUsage.put(shape, "usage");
    return OpenAiUsage.put(shape, "x_groq.usage");
  }

  @Override
  boolean matches(String path) {
    return path.endsWith("/chat/completions")
        || path.endsWith("/fim/completions")
        || path.endsWith("/agents/completions");
  }

  @Override
  boolean isSure(String path) {
    return path.endsWith("/chat/completions");
  }

  @Override
  String model(String path) {
    return Paths.between(path, "/deployments/", "/");
  }

  @Override
  void event(Fields fields, Tally tally) {
    tally.identify(fields);
    if (fields.has(Slot.ERROR)) {
      tally.error();
    }
    boolean ended = tally.finished(fields.count(Slot.FINISH));
    if (OpenAiUsage.present(fields)) {
      tally.report(OpenAiUsage.of(fields));
      // The chunk without choices is the last one; servers that put usage on every chunk are done
      // when every answer has ended.
      if (fields.plain() || ended || fields.count(Slot.CHOICE) == 0) {
        tally.complete();
      }
    }
    if (fields.plain()) {
      tally.terminal();
    }
  }

  @Override
  boolean usageOnRequest(LlmRequest request) {
    String version = apiVersion(request);
    return !MISTRAL.matcher(bare(request.model())).matches()
        && (version.isEmpty() || version.compareTo(AZURE_SINCE) >= 0);
  }

  @Override
  Clamp.Place limit(LlmRequest request) {
    boolean thinks = request.thinks() || THINKS.matcher(bare(request.model())).matches();
    String version = apiVersion(request);
    boolean newer = request.path().contains("/deployments/") || !version.isEmpty();
    newer &= version.compareTo(AZURE_SINCE) >= 0;
    return thinks || newer
        ? new Clamp.Place("", "max_completion_tokens", Ask.LIMIT, 1, true)
        : new Clamp.Place("", "max_tokens", Ask.LIMIT_OLD, 1, true);
  }

  /** Azure's version of the API, a date; "" elsewhere. */
  private static String apiVersion(LlmRequest request) {
    return Paths.between("&" + request.query(), "&api-version=", "&");
  }

  /** Without the vendor that routers put in front, and of a tuned model the one it was made of. */
  private static String bare(String model) {
    String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return name.startsWith("ft:") ? name.substring(3) : name;
  }
}
