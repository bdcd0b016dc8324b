package io.belay.agent.llm;

/** OpenAI's older completions: several prompts, several answers each, text without messages. */
final class OpenAiCompletions extends Dialect {

  OpenAiCompletions() {
    super("openai-completions", request(), answers());
  }

  private static Shape request() {
    Shape shape =
        new Shape()
            .put(Ask.MODEL, "model")
            .put(Ask.STREAM, "stream")
            .put(Ask.LIMIT, "max_tokens")
            .put(Ask.ANSWERS, "n", "best_of")
            .put(Ask.STREAM_OPTIONS, "stream_options")
            .put(Ask.INCLUDE_USAGE, "stream_options.include_usage")
            .put(Ask.SERVICE, "service_tier")
            .put(Ask.TEXT, "suffix")
            .put(Ask.RAW, "response_format");
    return prompts(shape, "prompt");
  }

  /** A text, texts, token ids, or lists of token ids. */
  static Shape prompts(Shape shape, String name) {
    return shape.put(Ask.PROMPT, name + "[]").put(Ask.TOKEN, name + "[][]").put(Ask.MESSAGE, name);
  }

  private static Shape answers() {
    Shape shape =
        new Shape()
            .put(Slot.ID, "id")
            .put(Slot.MODEL, "model")
            .put(Slot.VARIES, "created")
            .put(Slot.ERROR, "error")
            .put(Slot.SERVICE, "service_tier")
            .put(Slot.CHOICE, "choices[]")
            .put(Slot.FINISH, "choices[].finish_reason")
            .put(Slot.TEXT, "choices[].text");
    return OpenAiUsage.put(shape, "usage");
  }

  @Override
  boolean matches(String path) {
    return path.endsWith("/completions");
  }

  @Override
  boolean isSure(String path) {
    return path.endsWith("/v1/completions");
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
    return true;
  }

  @Override
  Clamp.Place limit(LlmRequest request) {
    return new Clamp.Place("", "max_tokens", Ask.LIMIT, 1, true);
  }
}
