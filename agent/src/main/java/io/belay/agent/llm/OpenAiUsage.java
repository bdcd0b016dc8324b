package io.belay.agent.llm;

/**
 * How OpenAI and its many look-alikes count: cached input inside input, reasoning inside output.
 */
final class OpenAiUsage {
  private OpenAiUsage() {}

  /** Puts the counts of a usage object at a path of an answer. */
  static Shape put(Shape shape, String usage) {
    return shape
        .put(Slot.USAGE, usage)
        .put(Slot.INPUT, usage + ".prompt_tokens", usage + ".input_tokens")
        .put(Slot.OUTPUT, usage + ".completion_tokens", usage + ".output_tokens")
        .put(Slot.TOTAL, usage + ".total_tokens")
        .put(
            Slot.CACHE_READ,
            usage + ".prompt_tokens_details.cached_tokens",
            usage + ".input_tokens_details.cached_tokens",
            usage + ".prompt_cache_hit_tokens")
        .put(
            Slot.CACHE_WRITE,
            usage + ".prompt_tokens_details.cache_write_tokens",
            usage + ".input_tokens_details.cache_write_tokens")
        .put(
            Slot.AUDIO_INPUT,
            usage + ".prompt_tokens_details.audio_tokens",
            usage + ".input_tokens_details.audio_tokens")
        .put(
            Slot.AUDIO_CACHE_READ,
            usage + ".prompt_tokens_details.cached_tokens_details.audio_tokens",
            usage + ".input_tokens_details.cached_tokens_details.audio_tokens")
        .put(
            Slot.AUDIO_OUTPUT,
            usage + ".completion_tokens_details.audio_tokens",
            usage + ".output_tokens_details.audio_tokens")
        .put(
            Slot.PICTURE_OUTPUT,
            usage + ".completion_tokens_details.image_tokens",
            usage + ".output_tokens_details.image_tokens")
        .put(
            Slot.REASONING,
            usage + ".completion_tokens_details.reasoning_tokens",
            usage + ".output_tokens_details.reasoning_tokens");
  }

  static boolean present(Fields fields) {
    return fields.has(Slot.USAGE) && fields.has(Slot.INPUT);
  }

  static Usage of(Fields fields) {
    long input = fields.number(Slot.INPUT);
    long output = fields.number(Slot.OUTPUT);
    long reasoning = fields.number(Slot.REASONING);
    if (!fields.has(Slot.OUTPUT)) {
      output = fields.number(Slot.TOTAL) - input; // Negative is none.
    }
    // xAI leaves reasoning out of completion_tokens; its total gives it away.
    if (reasoning > 0 && fields.number(Slot.TOTAL) == input + output + reasoning) {
      output += reasoning;
    }
    long read = Math.min(input, fields.number(Slot.CACHE_READ));
    long write = Math.min(input - read, fields.number(Slot.CACHE_WRITE));
    return new Usage(input, output, read, write, 0, reasoning, !fields.exact(), Extra.of(fields));
  }
}
