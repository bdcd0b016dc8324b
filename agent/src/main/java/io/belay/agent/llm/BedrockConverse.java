package io.belay.agent.llm;

/** Amazon Bedrock's Converse and ConverseStream. Input comes without cache reads and writes. */
final class BedrockConverse extends Dialect {

  BedrockConverse() {
    super("bedrock-converse", request(), answers(new Shape(), ""));
  }

  private static Shape request() {
    Shape content = Ask.content();
    Shape shape =
        new Shape()
            .put(Ask.CONFIG, "inferenceConfig")
            .put(Ask.LIMIT, "inferenceConfig.maxTokens")
            .put(
                Ask.THINKING,
                "additionalModelRequestFields.thinking.budget_tokens",
                "additionalModelRequestFields.reasoning_config.budget_tokens")
            .put(Ask.SERVICE, "serviceTier.type")
            .put(Ask.SPEED, "performanceConfig.latency")
            .put(Ask.RAW, "toolConfig")
            .put(Ask.TOOL, "toolConfig.tools[]")
            .put(Ask.MESSAGE, "messages[]", "promptVariables");
    shape.at("messages[]").elsewhere(content);
    shape.at("system").elsewhere(content);
    return shape.put(Ask.TEXT, "system");
  }

  /** Nova's InvokeModel speaks the same, each event under its own name. */
  static Shape answers(Shape shape, String prefix) {
    String usage = prefix + "usage";
    return shape
        .put(Slot.VARIES, "p")
        .put(Slot.FINISH, "stopReason")
        .put(
            Slot.TEXT,
            prefix + "delta.text",
            prefix + "delta.toolUse.input",
            prefix + "delta.reasoningContent.text",
            prefix + "start.toolUse.name",
            "output.message.content[].text",
            "output.message.content[].toolUse.name",
            "output.message.content[].reasoningContent.reasoningText.text")
        .put(Slot.TEXT_OBJECT, "output.message.content[].toolUse.input")
        .put(Slot.SERVICE, prefix + "serviceTier.type")
        .put(Slot.SPEED, prefix + "performanceConfig.latency")
        .put(Slot.USAGE, usage)
        .put(Slot.INPUT, usage + ".inputTokens")
        .put(Slot.OUTPUT, usage + ".outputTokens")
        .put(Slot.CACHE_READ, usage + ".cacheReadInputTokens", usage + ".cacheReadInputTokenCount")
        .put(
            Slot.CACHE_WRITE,
            usage + ".cacheWriteInputTokens",
            usage + ".cacheWriteInputTokenCount");
  }

  @Override
  boolean matches(String path) {
    return path.contains("/model/")
        && (path.endsWith("/converse") || path.endsWith("/converse-stream"));
  }

  @Override
  boolean isSure(String path) {
    return true;
  }

  @Override
  boolean streamed(String path) {
    return path.endsWith("/converse-stream");
  }

  @Override
  String model(String path) {
    return modelIn(path);
  }

  /** The id may be an ARN with its slashes left as they are. */
  static String modelIn(String path) {
    int from = path.indexOf("/model/");
    int to = path.lastIndexOf('/');
    return from < 0 || to <= from + 6 ? "" : Paths.decoded(path.substring(from + 7, to));
  }

  @Override
  void event(Fields fields, Tally tally) {
    read(fields, tally);
    if (fields.plain()) {
      tally.terminal();
    }
  }

  static void read(Fields fields, Tally tally) {
    tally.identify(fields);
    if (fields.has(Slot.USAGE) && fields.has(Slot.INPUT) && fields.has(Slot.OUTPUT)) {
      long read = fields.number(Slot.CACHE_READ);
      long write = fields.number(Slot.CACHE_WRITE);
      long input = fields.number(Slot.INPUT) + read + write;
      tally.report(
          new Usage(input, fields.number(Slot.OUTPUT), read, write, 0, 0, !fields.exact()));
      tally.complete();
      tally.terminal();
    }
  }

  @Override
  Clamp.Place limit(LlmRequest request) {
    return new Clamp.Place("inferenceConfig", "maxTokens", Ask.LIMIT, 1, false);
  }

  @Override
  long thinkingFloor(String model) {
    return AnthropicMessages.THINKING_FLOOR;
  }
}
