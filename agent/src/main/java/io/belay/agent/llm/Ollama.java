package io.belay.agent.llm;

/** Ollama's own API: lines of JSON, a stream unless told otherwise, counts on the last line. */
final class Ollama extends Dialect {

  Ollama() {
    super("ollama", request(), answers());
  }

  private static Shape request() {
    Shape content = Ask.content();
    Shape shape =
        new Shape()
            .put(Ask.MODEL, "model")
            .put(Ask.STREAM, "stream")
            .put(Ask.CONFIG, "options")
            .put(Ask.LIMIT, "options.num_predict")
            .put(Ask.TEXT, "system", "template", "suffix")
            .put(Ask.TOKEN, "context[]")
            .put(Ask.BINARY, "images[]")
            .put(Ask.RAW, "tools", "format")
            .put(Ask.TOOL, "tools[]")
            .put(Ask.MESSAGE, "messages[]", "prompt", "input", "input[]");
    shape.at("messages[]").elsewhere(content).put(Ask.BINARY, "images[]");
    return shape;
  }

  private static Shape answers() {
    return new Shape()
        .put(Slot.MODEL, "model")
        .put(Slot.VARIES, "created_at")
        .put(Slot.ERROR, "error")
        .put(Slot.DONE, "done")
        .put(Slot.INPUT, "prompt_eval_count")
        .put(Slot.OUTPUT, "eval_count")
        .put(
            Slot.TEXT,
            "response",
            "thinking",
            "message.content",
            "message.thinking",
            "message.tool_calls[].function.name")
        .put(Slot.TEXT_OBJECT, "message.tool_calls[].function.arguments");
  }

  @Override
  boolean matches(String path) {
    return path.endsWith("/api/chat")
        || path.endsWith("/api/generate")
        || path.endsWith("/api/embed");
  }

  @Override
  boolean generates(String path) {
    return !path.endsWith("/api/embed");
  }

  @Override
  boolean streamsByDefault() {
    return true;
  }

  @Override
  void event(Fields fields, Tally tally) {
    tally.identify(fields);
    if (fields.has(Slot.ERROR)) {
      tally.error();
    }
    boolean embedded = fields.plain() && fields.has(Slot.INPUT);
    if (fields.has(Slot.DONE) || embedded) {
      // Without prompt_eval_count the whole prompt came from the server's cache: input unknown.
      if (fields.has(Slot.INPUT)) {
        tally.report(
            new Usage(
                fields.number(Slot.INPUT),
                fields.number(Slot.OUTPUT),
                0,
                0,
                0,
                0,
                !fields.exact()));
        tally.complete();
      }
      tally.terminal();
    }
  }

  @Override
  Clamp.Place limit(LlmRequest request) {
    return new Clamp.Place("options", "num_predict", Ask.LIMIT, 1, true);
  }
}
