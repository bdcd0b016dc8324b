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
            .put(Ask.TOOL_TYPE, "tools[].type")
            .put(Ask.SEARCH_SIZE, "tools[].search_context_size")
            .put(Ask.MOST_CALLS, "max_tool_calls")
            .put(Ask.SERVICE, "service_tier")
            .put(Ask.MODALITY, "modalities[]")
            .put(Ask.HIDDEN, "prompt")
            .put(Ask.CONTINUES, "previous_response_id", "conversation", "conversation.id")
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
      shape.put(Slot.FINISH, response + "status").put(Slot.SERVICE, response + "service_tier");
      item(shape, response + "output[]");
      OpenAiUsage.put(shape, response + "usage");
    }
    return item(shape, "item")
        .put(
            Slot.TEXT,
            "output[].content[].text",
            "output[].content[].refusal",
            "output[].summary[].text",
            "output[].name",
            "output[].arguments",
            "output[].input");
  }

  private static Shape item(Shape shape, String item) {
    return shape
        .put(Slot.ITEM, item)
        .put(Slot.ITEM_TYPE, item + ".type")
        .put(Slot.ITEM_ACTION, item + ".action.type");
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
    if (last) {
      tally.searched(fields.number(Slot.SEARCHED));
    } else if (fields.is(Slot.TYPE, "response.output_item.done")) {
      tally.searched(tally.searches() + fields.number(Slot.SEARCHED));
    }
    if (OpenAiUsage.present(fields)) {
      Usage usage = OpenAiUsage.of(fields);
      tally.report(usage.with(usage.extra().searched(tally.searches())));
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
  boolean keepsConversations() {
    return true;
  }

  @Override
  Clamp.Place limit(LlmRequest request) {
    String member = request.path().endsWith(COMPACT) ? "" : "max_output_tokens";
    return new Clamp.Place("", member, Ask.LIMIT, 16, false);
  }
}
