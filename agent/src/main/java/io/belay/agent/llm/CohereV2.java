package io.belay.agent.llm;

/**
 * Cohere's second API: chat, embed, rerank. Counts {@code tokens} as processed; where only {@code
 * billed_units} are told, those.
 */
final class CohereV2 extends Dialect {

  CohereV2() {
    super("cohere-v2", request(), answers());
  }

  private static Shape request() {
    Shape content = Ask.content();
    Shape shape =
        new Shape()
            .put(Ask.MODEL, "model")
            .put(Ask.STREAM, "stream")
            .put(Ask.LIMIT, "max_tokens")
            .put(Ask.THINKING, "thinking.token_budget")
            .put(Ask.RAW, "tools", "response_format", "documents")
            .put(Ask.TOOL, "tools[]")
            .put(Ask.BINARY, "images[]")
            .put(Ask.MESSAGE, "messages[]", "texts[]", "inputs[]", "query");
    shape.at("messages[]").elsewhere(content);
    shape.at("inputs[]").elsewhere(content);
    return shape.put(Ask.MESSAGE, "images[]");
  }

  private static Shape answers() {
    Shape shape =
        new Shape()
            .put(Slot.ID, "id")
            .put(Slot.TYPE, "type")
            .put(Slot.FINISH, "delta.finish_reason", "finish_reason")
            .put(Slot.ERROR, "delta.error")
            .put(
                Slot.TEXT,
                "delta.message.content.text",
                "delta.message.content.thinking",
                "delta.message.tool_plan",
                "delta.message.tool_calls.function.name",
                "delta.message.tool_calls.function.arguments",
                "message.content[].text",
                "message.content[].thinking",
                "message.tool_plan",
                "message.tool_calls[].function.name",
                "message.tool_calls[].function.arguments");
    for (String usage : new String[] {"usage", "delta.usage", "meta"}) {
      shape
          .put(Slot.USAGE, usage)
          .put(Slot.INPUT, usage + ".tokens.input_tokens")
          .put(Slot.OUTPUT, usage + ".tokens.output_tokens")
          .put(Slot.CACHE_READ, usage + ".cached_tokens")
          .put(Slot.INPUT_ALSO, usage + ".billed_units.input_tokens")
          .put(Slot.OUTPUT_ALSO, usage + ".billed_units.output_tokens");
    }
    return shape;
  }

  @Override
  boolean matches(String path) {
    return path.endsWith("/v2/chat") || path.endsWith("/v2/embed") || path.endsWith("/v2/rerank");
  }

  @Override
  boolean generates(String path) {
    return path.endsWith("/chat");
  }

  @Override
  void event(Fields fields, Tally tally) {
    tally.identify(fields);
    boolean last = fields.plain() || fields.is(Slot.TYPE, "message-end");
    if (fields.has(Slot.ERROR)) {
      tally.error();
    }
    boolean counted = fields.has(Slot.INPUT) || fields.has(Slot.INPUT_ALSO);
    if (last && fields.has(Slot.USAGE) && counted) {
      long input = fields.number(fields.has(Slot.INPUT) ? Slot.INPUT : Slot.INPUT_ALSO);
      long output = fields.number(fields.has(Slot.OUTPUT) ? Slot.OUTPUT : Slot.OUTPUT_ALSO);
      long read = Math.min(input, fields.number(Slot.CACHE_READ));
      tally.report(new Usage(input, output, read, 0, 0, 0, !fields.exact()));
      tally.complete();
    }
    if (last) {
      tally.terminal();
    }
  }

  @Override
  Clamp.Place limit(LlmRequest request) {
    return new Clamp.Place(generates(request.path()) ? "max_tokens" : "", Ask.LIMIT);
  }

  @Override
  long thinkingFloor(String model) {
    return 1;
  }
}
