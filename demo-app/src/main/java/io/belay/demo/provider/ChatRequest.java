package io.belay.demo.provider;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The parts of a chat completion request that matter here.
 *
 * @param messages the conversation, a JSON array
 * @param maxTokens the largest number of tokens to generate
 * @param includeUsage whether a stream ends with a chunk of usage
 */
record ChatRequest(
    String model, JsonNode messages, int maxTokens, boolean stream, boolean includeUsage) {

  static ChatRequest of(JsonNode body) {
    if (!body.path("model").isTextual() || !body.path("messages").isArray()) {
      throw new IllegalArgumentException("model and messages are required");
    }
    JsonNode limit = body.path("max_completion_tokens");
    return new ChatRequest(
        body.path("model").asText(),
        body.path("messages"),
        (limit.isNumber() ? limit : body.path("max_tokens")).asInt(Integer.MAX_VALUE),
        body.path("stream").asBoolean(false),
        body.path("stream_options").path("include_usage").asBoolean(false));
  }

  int inputTokens() {
    int tokens = 0;
    for (JsonNode message : messages) {
      tokens += Answer.words(text(message)).size();
    }
    return tokens;
  }

  /** The text of a message, whichever of the two ways it is written. */
  static String text(JsonNode message) {
    JsonNode content = message.path("content");
    if (!content.isArray()) {
      return content.asText("");
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asText("")));
    return text.toString();
  }
}
