package io.belay.it.llm;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.ObjectMappers;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** anthropic-java. */
class AnthropicApp extends SdkApp {
  private static final AnthropicClient CLIENT =
      AnthropicOkHttpClient.builder().apiKey("none").build();
  private static final Map<String, AnthropicClient> OLDEST = new ConcurrentHashMap<>();
  private static final MessageCreateParams PROMPT =
      MessageCreateParams.builder().model("m").maxTokens(1000).addUserMessage("hello").build();

  static AnthropicClient at(String url) {
    try {
      return CLIENT.withOptions(options -> options.baseUrl(url));
    } catch (NoSuchMethodError oldest) {
      return OLDEST.computeIfAbsent(
          url, base -> AnthropicOkHttpClient.builder().apiKey("none").baseUrl(base).build());
    }
  }

  AnthropicClient client(String url) {
    return at(url);
  }

  /** What is asked first, the same each time. */
  MessageCreateParams prompt() {
    return PROMPT;
  }

  static String text(Message answer) {
    return answer.content().stream()
        .map(ContentBlock::asText)
        .map(text -> text.text())
        .collect(Collectors.joining());
  }

  @Override
  String ask(String url) {
    return text(client(url).messages().create(prompt()));
  }

  @Override
  CompletableFuture<String> askLater(String url) {
    return client(url).async().messages().create(prompt()).thenApply(AnthropicApp::text);
  }

  @Override
  void stream(String url, Consumer<String> piece) {
    try (StreamResponse<RawMessageStreamEvent> events =
        client(url).messages().createStreaming(prompt())) {
      // Read as JSON, since the first version has other types for it.
      events.stream()
          .map(event -> ObjectMappers.jsonMapper().<JsonNode>valueToTree(event))
          .map(event -> event.path("delta").path("text"))
          .filter(JsonNode::isTextual)
          .map(JsonNode::asText)
          .forEach(piece);
    }
  }

  @Override
  String converse(String url) {
    try {
      return AnthropicTools.converse(client(url));
    } catch (LinkageError oldest) {
      return AnthropicByHand.converse(client(url), prompt());
    }
  }
}
