package io.belay.agent.llm;

/**
 * Gemini, on its own host and on Vertex. Thinking stands outside {@code candidatesTokenCount} and
 * is added; every chunk of a stream carries the counts up to then.
 */
final class Gemini extends Dialect {

  Gemini() {
    super("gemini", request(), answers());
  }

  private static Shape request() {
    Shape content = Ask.content();
    Shape shape = new Shape();
    for (String config : new String[] {"generationConfig", "generation_config"}) {
      shape
          .put(Ask.CONFIG, config)
          .put(Ask.LIMIT, config + ".maxOutputTokens", config + ".max_output_tokens")
          .put(Ask.ANSWERS, config + ".candidateCount", config + ".candidate_count")
          .put(
              Ask.THINKING,
              config + ".thinkingConfig.thinkingBudget",
              config + ".thinking_config.thinking_budget")
          .put(Ask.SERVICE, config + ".serviceTier", config + ".service_tier")
          .put(Ask.MODALITY, config + ".responseModalities[]", config + ".response_modalities[]")
          .put(Ask.RAW, config + ".responseSchema", config + ".responseJsonSchema");
    }
    shape
        .put(Ask.RAW, "tools")
        .put(Ask.SERVICE, "serviceTier", "service_tier")
        .put(
            Ask.SEARCH,
            "tools[].googleSearch",
            "tools[].google_search",
            "tools[].googleSearchRetrieval",
            "tools[].google_search_retrieval",
            "tools[].googleMaps",
            "tools[].google_maps",
            "tools[].enterpriseWebSearch",
            "tools[].enterprise_web_search")
        .put(Ask.TOOL, "tools[].functionDeclarations[]", "tools[].function_declarations[]")
        .put(Ask.HIDDEN, "cachedContent", "cached_content")
        .put(Ask.MESSAGE, "contents[]", "content", "requests[]", "instances[]")
        .put(Ask.TEXT, "systemInstruction", "system_instruction");
    for (String text :
        new String[] {
          "contents[]",
          "content",
          "requests[]",
          "instances[]",
          "systemInstruction",
          "system_instruction"
        }) {
      shape.at(text).elsewhere(content).put(Ask.SKIP, "model");
    }
    // A single content may stand without its array.
    shape.at("contents").elsewhere(content);
    return shape.put(Ask.MESSAGE, "contents.parts");
  }

  private static Shape answers() {
    String usage = "usageMetadata";
    Shape shape = new Shape().orArrayOfThese();
    part(shape, Slot.INPUT_PART, usage + ".promptTokensDetails[]");
    part(shape, Slot.INPUT_PART, usage + ".toolUsePromptTokensDetails[]");
    part(shape, Slot.OUTPUT_PART, usage + ".candidatesTokensDetails[]");
    part(shape, Slot.CACHE_PART, usage + ".cacheTokensDetails[]");
    return shape
        .put(Slot.ID, "responseId")
        .put(Slot.MODEL, "modelVersion")
        .put(Slot.ERROR, "error")
        .put(Slot.FINISH, "candidates[].finishReason", "promptFeedback.blockReason")
        .put(
            Slot.TEXT,
            "candidates[].content.parts[].text",
            "candidates[].content.parts[].functionCall.name",
            "candidates[].content.parts[].executableCode.code")
        .put(Slot.TEXT_OBJECT, "candidates[].content.parts[].functionCall.args")
        .put(Slot.USAGE, usage)
        .put(Slot.INPUT, usage + ".promptTokenCount")
        .put(Slot.OUTPUT, usage + ".candidatesTokenCount")
        .put(Slot.REASONING, usage + ".thoughtsTokenCount")
        .put(Slot.TOOL_INPUT, usage + ".toolUsePromptTokenCount")
        .put(Slot.CACHE_READ, usage + ".cachedContentTokenCount")
        .put(Slot.TOTAL, usage + ".totalTokenCount")
        .put(Slot.SERVICE, usage + ".trafficType", usage + ".serviceTier")
        .put(Slot.SEARCHED, "candidates[].groundingMetadata.webSearchQueries[]")
        .put(Slot.FOUND, "candidates[].groundingMetadata.groundingChunks[]")
        .put(Slot.SOUND, "candidates[].content.parts[].inlineData.data")
        .put(
            Slot.INPUT_ITEM,
            "predictions[].embeddings.statistics.token_count",
            "embedding.statistics.tokenCount",
            "embeddings[].statistics.tokenCount");
  }

  private static void part(Shape shape, int slot, String part) {
    shape
        .put(slot, part)
        .put(Slot.MODALITY, part + ".modality")
        .put(Slot.PART_TOKENS, part + ".tokenCount");
  }

  @Override
  boolean matches(String path) {
    return generates(path)
        || Paths.method(path, "embedcontent")
        || Paths.method(path, "batchembedcontents")
        || Paths.method(path, "predict") && path.contains("embedding");
  }

  @Override
  boolean isSure(String path) {
    return generates(path);
  }

  @Override
  boolean generates(String path) {
    return Paths.method(path, "generatecontent") || streamed(path);
  }

  @Override
  boolean streamed(String path) {
    return Paths.method(path, "streamgeneratecontent");
  }

  @Override
  String model(String path) {
    // Also of tuned models and, on Vertex, of endpoints.
    return Paths.between(path, "/", ":");
  }

  @Override
  public int bytesPerToken() {
    return 8; // Its events hold many tokens each.
  }

  @Override
  void event(Fields fields, Tally tally) {
    tally.identify(fields);
    if (fields.has(Slot.ERROR)) {
      tally.error();
    }
    boolean ended = tally.finished(fields.count(Slot.FINISH));
    // What was found is paid for, also where the answer does not say what was looked for.
    tally.searched(Math.max(fields.number(Slot.SEARCHED), fields.has(Slot.FOUND) ? 1 : 0));
    if (fields.has(Slot.USAGE) && (fields.has(Slot.INPUT) || fields.has(Slot.TOTAL))) {
      Usage usage = usage(fields);
      tally.report(usage.with(usage.extra().searched(tally.searches())));
      if (fields.plain() || ended) {
        tally.complete();
      }
    } else if (fields.has(Slot.INPUT_ITEM)) {
      tally.report(new Usage(fields.number(Slot.INPUT_ITEM), 0, 0, 0, 0, 0, !fields.exact()));
      tally.complete();
    }
    if (fields.plain() || ended) {
      tally.terminal();
    }
  }

  private static Usage usage(Fields fields) {
    long input = fields.number(Slot.INPUT) + fields.number(Slot.TOOL_INPUT);
    long thoughts = fields.number(Slot.REASONING);
    return new Usage(
        input,
        fields.number(Slot.OUTPUT) + thoughts,
        Math.min(input, fields.number(Slot.CACHE_READ)),
        0,
        0,
        thoughts,
        !fields.exact(),
        Extra.of(fields));
  }

  @Override
  Clamp.Place limit(LlmRequest request) {
    String name = generates(request.path()) ? "maxOutputTokens" : "";
    return new Clamp.Place("generationConfig", name, Ask.LIMIT, 1, false);
  }

  @Override
  long thinkingFloor(String model) {
    // The least budgets of the 2.5 models as documented; others may think as little as they like.
    return model.contains("flash-lite") ? 512 : model.contains("pro") ? 128 : 0;
  }
}
