package io.belay.agent.llm;

/**
 * Amazon Bedrock's InvokeModel and its stream, whose body is whatever the model's vendor speaks.
 *
 * <p>A stream's chunks are JSON in Base64; the last one adds Bedrock's own counts, which win when
 * the vendor's are absent. A plain answer has counts in its headers, see {@link ResponseHead}.
 */
final class BedrockInvoke extends Dialect {
  private static final String METRICS = "amazon-bedrock-invocationMetrics";

  private final Shape inner;

  BedrockInvoke() {
    super("bedrock-invoke", request(), vendors().put(Slot.VARIES, "p").put(Slot.INNER, "bytes"));
    inner = vendors();
  }

  private static Shape request() {
    Shape shape = AnthropicMessages.request(new Shape());
    return shape
        .put(
            Ask.LIMIT,
            "max_tokens",
            "max_gen_len",
            "max_tokens_to_sample",
            "max_completion_tokens",
            "textGenerationConfig.maxTokenCount",
            "inferenceConfig.maxTokens",
            "inferenceConfig.max_new_tokens")
        .put(Ask.CONFIG, "textGenerationConfig", "inferenceConfig")
        .put(Ask.ANSWERS, "num_generations", "n")
        .put(Ask.RAW, "toolConfig")
        .put(Ask.TOOL, "toolConfig.tools[]")
        .put(Ask.TEXT, "chat_history")
        .put(Ask.MESSAGE, "prompt", "inputText", "message", "texts[]", "images[]", "inputImage");
  }

  private static Shape vendors() {
    Shape shape = AnthropicMessages.answers(new Shape());
    BedrockConverse.answers(shape, "");
    OpenAiUsage.put(shape, "usage");
    BedrockConverse.answers(shape, "metadata.");
    return shape
        .put(Slot.ROOT, "")
        .put(
            Slot.TEXT,
            "contentBlockDelta.delta.text",
            "contentBlockDelta.delta.toolUse.input",
            "contentBlockDelta.delta.reasoningContent.reasoningText.text",
            "choices[].delta.content",
            "choices[].message.content",
            "choices[].text",
            "generation",
            "generations[].text",
            "outputText",
            "outputs[].text",
            "results[].outputText",
            "completion")
        .put(Slot.INPUT, "prompt_token_count", "inputTextTokenCount")
        .put(Slot.OUTPUT, "generation_token_count", "totalOutputTextTokenCount")
        .put(Slot.OUTPUT_ALSO, "results[].tokenCount")
        .put(Slot.CHOICE, METRICS)
        .put(Slot.INPUT_ALSO, METRICS + ".inputTokenCount")
        .put(Slot.OUTPUT_ALSO, METRICS + ".outputTokenCount")
        .put(Slot.CACHE_READ_ALSO, METRICS + ".cacheReadInputTokenCount")
        .put(Slot.CACHE_WRITE_ALSO, METRICS + ".cacheWriteInputTokenCount");
  }

  @Override
  Shape innerAnswer() {
    return inner;
  }

  @Override
  boolean matches(String path) {
    return path.contains("/model/")
        && (path.endsWith("/invoke") || path.endsWith("/invoke-with-response-stream"));
  }

  @Override
  boolean isSure(String path) {
    return true;
  }

  @Override
  boolean streamed(String path) {
    return path.endsWith("/invoke-with-response-stream");
  }

  @Override
  boolean generates(String path) {
    return !model(path).contains("embed") && !model(path).contains("rerank");
  }

  @Override
  String model(String path) {
    return BedrockConverse.modelIn(path);
  }

  @Override
  void event(Fields fields, Tally tally) {
    boolean known = tally.hasReport();
    AnthropicMessages.read(fields, tally);
    boolean last = fields.plain() || fields.has(Slot.CHOICE);
    if (fields.has(Slot.INPUT_ALSO) && fields.has(Slot.OUTPUT_ALSO)) {
      if (!known || !tally.settled()) {
        tally.report(metrics(fields, tally.reported()));
      }
      tally.complete();
    } else if (!fields.has(Slot.USAGE) && fields.has(Slot.INPUT)) {
      long output = Math.max(fields.number(Slot.OUTPUT), fields.number(Slot.OUTPUT_ALSO));
      tally.report(new Usage(fields.number(Slot.INPUT), output, 0, 0, 0, 0, !fields.exact()));
    }
    if (fields.plain() && fields.has(Slot.INPUT)) {
      tally.complete();
    }
    if (last) {
      tally.terminal();
    }
  }

  private static Usage metrics(Fields fields, Usage before) {
    long read = Math.max(fields.number(Slot.CACHE_READ_ALSO), before.cacheRead());
    long write = Math.max(fields.number(Slot.CACHE_WRITE_ALSO), before.cacheWrite());
    long input = fields.number(Slot.INPUT_ALSO) + read + write;
    return new Usage(
        input,
        fields.number(Slot.OUTPUT_ALSO),
        read,
        write,
        before.cacheWriteHour(),
        before.reasoning(),
        !fields.exact());
  }

  @Override
  void sentinel(Tally tally) {}

  @Override
  Clamp.Place limit(LlmRequest request) {
    String model = request.model();
    if (!generates(request.path())) {
      return new Clamp.Place("", Ask.LIMIT);
    }
    if (model.contains("amazon.nova")) {
      return new Clamp.Place("inferenceConfig", "maxTokens", Ask.LIMIT, 1, false);
    }
    if (model.contains("amazon.titan")) {
      return new Clamp.Place("textGenerationConfig", "maxTokenCount", Ask.LIMIT, 1, false);
    }
    if (model.contains("meta.llama")) {
      return new Clamp.Place("max_gen_len", Ask.LIMIT);
    }
    if (model.contains("openai.")) {
      return new Clamp.Place("max_completion_tokens", Ask.LIMIT);
    }
    boolean usual =
        model.matches(".*(anthropic|mistral|cohere|ai21|deepseek|qwen|writer|moonshot|minimax).*");
    // An unknown vendor, or an ARN that hides it: only a limit that is there can be lowered.
    boolean there = request.askedOutput() >= 0;
    return new Clamp.Place(usual || there ? "max_tokens" : "", Ask.LIMIT);
  }

  @Override
  long thinkingFloor(String model) {
    return AnthropicMessages.THINKING_FLOOR;
  }
}
