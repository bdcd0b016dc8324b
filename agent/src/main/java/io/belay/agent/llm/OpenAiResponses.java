package io.belay.agent.llm;

/** OpenAI's responses API. */
final class OpenAiResponses extends Dialect {
  /** Shortens a conversation, for which a model is paid and to which no limit can be put. */
  private static final String COMPACT = "/responses/compact";

  OpenAiResponses() {
    super("openai-responses", request(), answers());
  }

  private static Shape request() {
    Shape content = Ask.content();
    Shape shape =
        new Shape()
            .put(Ask.MODEL, "model")
            .put(Ask.STREAM, "stream")
            .put(Ask.LIMIT, "max_output_tokens")
            .put(Ask.TEXT, "instructions")
            .put(Ask.RAW, "tools", "text.format")
            .put(Ask.TOOL, "tools[]")
            .put(Ask.HIDDEN, "previous_response_id", "conversation", "prompt")
            .put(Ask.MESSAGE, "prompt.id", "input[]");
    shape.at("input").elsewhere(content);
    shape.put(Ask.MESSAGES, "input");
    shape.at("input[]").elsewhere(content);
    shape.at("input[]").put(Ask.TEXT, "arguments", "output");
    return shape;
  }

  private static Shape answers() {
    Shape shape =
        new Shape()
            .put(Slot.TYPE, "type")
            .put(Slot.VARIES, "sequence_number", "obfuscation")
            .put(Slot.ERROR, "error", "response.error")
            .put(Slot.TEXT, "delta");
    for (String response : new String[] {"", "response."}) {
      shape.put(Slot.ID, response + "id").put(Slot.MODEL, response + "model");
      shape.put(Slot.FINISH, response + "status");
      OpenAiUsage.put(shape, response + "usage");
    }
    return shape.put(
        Slot.TEXT,
        "output[].content[].text",
        "output[].content[].refusal",
        "output[].summary[].text",
        "output[].name",
        "output[].arguments",
        "output[].input");
  }

  @Override
  boolean matches(String path) {
    return path.endsWith("/responses") || path.endsWith(COMPACT);
  }

  /** Answers to a questionnaire are responses, too. */
  @Override
  boolean isSure(String path) {
    return path.endsWith("/v1/responses") || path.contains("/openai/");
  }

  @Override
  void event(Fields fields, Tally tally) {
    tally.identify(fields);
    if (fields.has(Slot.ERROR) || fields.is(Slot.TYPE, "error")) {
      tally.error();
    }
    boolean last =
        fields.plain()
            || fields.is(Slot.TYPE, "response.completed")
            || fields.is(Slot.TYPE, "response.incomplete")
            || fields.is(Slot.TYPE, "response.failed");
    // A response handed to the background comes back at once, with nothing generated yet.
    boolean pending = fields.is(Slot.FINISH, "queued") || fields.is(Slot.FINISH, "in_progress");
    if (OpenAiUsage.present(fields)) {
      tally.report(OpenAiUsage.of(fields));
      if (last && !pending) {
        tally.complete();
      }
    }
    if (pending && fields.plain()) {
      tally.pending();
    }
    if (last) {
      tally.terminal();
    }
  }

  @Override
  Clamp.Place limit(LlmRequest request) {
    String member = request.path().endsWith(COMPACT) ? "" : "max_output_tokens";
    return new Clamp.Place("", member, Ask.LIMIT, 16, false);
  }
}
