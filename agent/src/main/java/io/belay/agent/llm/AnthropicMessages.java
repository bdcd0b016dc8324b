package io.belay.agent.llm;

/**
 * Anthropic messages, also on Vertex ({@code :rawPredict}, {@code :streamRawPredict}).
 *
 * <p>Input comes without cache reads and writes, so they are added. In a stream {@code
 * message_start} has the input, and every {@code message_delta} the counts up to then: the last one
 * wins, nothing is summed.
 */
final class AnthropicMessages extends Dialect {
  /** The provider's least thinking budget. */
  static final long THINKING_FLOOR = 1024;

  AnthropicMessages() {
    super("anthropic-messages", request(new Shape()), answers(new Shape()));
  }

  static Shape request(Shape shape) {
    Shape content = Ask.content();
    shape
        .put(Ask.MODEL, "model")
        .put(Ask.STREAM, "stream")
        .put(Ask.LIMIT, "max_tokens")
        .put(Ask.THINKING, "thinking.budget_tokens")
        .put(Ask.RAW, "tools", "output_format", "output_config.format")
        .put(Ask.TOOL, "tools[]")
        .put(Ask.TOOL_TYPE, "tools[].type")
        .put(Ask.MOST_SEARCHES, "tools[].max_uses")
        .put(Ask.SPEED, "speed")
        .put(Ask.REGION, "inference_geo")
        .put(Ask.HIDDEN, "mcp_servers[]", "container")
        .put(Ask.CONTINUES, "thread.previous_message_id")
        .put(Ask.TEXT, "system")
        .put(Ask.MESSAGE, "messages[]");
    shape.at("messages[]").elsewhere(content);
    shape.at("system").elsewhere(content);
    return shape;
  }

  static Shape answers(Shape shape) {
    shape
        .put(Slot.TYPE, "type")
        .put(Slot.ERROR, "error")
        .put(Slot.FINISH, "delta.stop_reason", "stop_reason")
        .put(Slot.TEXT_OBJECT, "content[].input")
        .put(
            Slot.TEXT,
            "delta.text",
            "delta.partial_json",
            "delta.thinking",
            "content[].text",
            "content[].name",
            "content[].thinking",
            "content_block.name");
    for (String message : new String[] {"", "message."}) {
      String usage = message + "usage";
      shape
          .put(Slot.ID, message + "id")
          .put(Slot.MODEL, message + "model")
          .put(Slot.USAGE, usage)
          .put(Slot.INPUT, usage + ".input_tokens")
          .put(Slot.OUTPUT, usage + ".output_tokens")
          .put(Slot.CACHE_READ, usage + ".cache_read_input_tokens")
          .put(Slot.CACHE_WRITE, usage + ".cache_creation_input_tokens")
          .put(Slot.CACHE_WRITE_HOUR, usage + ".cache_creation.ephemeral_1h_input_tokens")
          .put(Slot.REASONING, usage + ".output_tokens_details.thinking_tokens")
          .put(Slot.SERVICE, usage + ".service_tier")
          .put(Slot.SPEED, usage + ".speed")
          .put(Slot.REGION, usage + ".inference_geo")
          .put(Slot.SEARCHES, usage + ".server_tool_use.web_search_requests");
    }
    shape.put(Slot.ITEM, "content_block").put(Slot.ITEM_TYPE, "content_block.type");
    return shape;
  }

  @Override
  boolean matches(String path) {
    return path.endsWith("/v1/messages")
        || path.contains("/publishers/anthropic/models/")
            // A model by name only: it counts, for nothing.
            && !path.contains("/count-tokens")
            && (Paths.method(path, "rawpredict") || Paths.method(path, "streamrawpredict"));
  }

  @Override
  boolean streamed(String path) {
    return Paths.method(path, "streamrawpredict");
  }

  @Override
  String model(String path) {
    return Paths.between(path, "/publishers/anthropic/models/", ":/");
  }

  @Override
  public int bytesPerToken() {
    return 28; // Its events hold several tokens at times.
  }

  @Override
  void event(Fields fields, Tally tally) {
    read(fields, tally);
  }

  static void read(Fields fields, Tally tally) {
    tally.identify(fields, true);
    tally.searched(tally.searches() + fields.number(Slot.SEARCHED));
    if (fields.has(Slot.ERROR) || fields.is(Slot.TYPE, "error")) {
      tally.error();
    }
    if (fields.is(Slot.TYPE, "message_stop")) {
      tally.terminal();
    }
    if (fields.has(Slot.USAGE) && fields.has(Slot.OUTPUT)) {
      tally.report(merged(fields, tally));
      if (fields.has(Slot.FINISH)) {
        tally.complete();
        tally.terminal();
      }
    }
  }

  /**
   * Later counts replace earlier ones; what a later event leaves out stays. A stream whose {@code
   * message_start} was lost may have lost counts that are not told again: it stays an estimate.
   */
  private static Usage merged(Fields fields, Tally tally) {
    Usage before = tally.reported();
    boolean whole = fields.plain() || fields.is(Slot.TYPE, "message_start");
    boolean doubtful = tally.hasReport() ? before.estimated() : !whole;
    long read = latest(fields, Slot.CACHE_READ, before.cacheRead());
    long write = latest(fields, Slot.CACHE_WRITE, before.cacheWrite());
    long input = latest(fields, Slot.INPUT, before.freshInput()) + read + write;
    long hour = Math.min(write, latest(fields, Slot.CACHE_WRITE_HOUR, before.cacheWriteHour()));
    return new Usage(
        input,
        fields.number(Slot.OUTPUT),
        read,
        write,
        hour,
        latest(fields, Slot.REASONING, before.reasoning()),
        doubtful || !fields.exact(),
        Extra.NONE.searched(latest(fields, Slot.SEARCHES, before.extra().searches())));
  }

  private static long latest(Fields fields, int slot, long before) {
    return fields.has(slot) ? fields.number(slot) : before;
  }

  @Override
  void sentinel(Tally tally) {
    // Some gateways add [DONE]; it says nothing about usage here.
  }

  @Override
  boolean keepsConversations() {
    return true;
  }

  @Override
  Clamp.Place limit(LlmRequest request) {
    return new Clamp.Place("max_tokens", Ask.LIMIT);
  }

  @Override
  long thinkingFloor(String model) {
    return THINKING_FLOOR;
  }
}
