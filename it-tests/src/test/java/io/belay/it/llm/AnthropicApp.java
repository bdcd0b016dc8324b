package io.belay.it.llm;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** anthropic-java. */
final class AnthropicApp extends SdkApp {
  private static final AnthropicClient CLIENT =
      AnthropicOkHttpClient.builder().apiKey("none").build();
  private static final MessageCreateParams PROMPT =
      MessageCreateParams.builder().model("m").maxTokens(1000).addUserMessage("hello").build();

  private static AnthropicClient at(String url) {
    return CLIENT.withOptions(options -> options.baseUrl(url));
  }

  private static String text(Message answer) {
    return answer.content().stream()
        .map(ContentBlock::asText)
        .map(text -> text.text())
        .collect(Collectors.joining());
  }

  @Override
  String ask(String url) {
    return text(at(url).messages().create(PROMPT));
  }

  @Override
  CompletableFuture<String> askLater(String url) {
    return at(url).async().messages().create(PROMPT).thenApply(AnthropicApp::text);
  }

  @Override
  void stream(String url, Consumer<String> piece) {
    try (StreamResponse<RawMessageStreamEvent> events =
        at(url).messages().createStreaming(PROMPT)) {
      events.stream()
          .flatMap(event -> event.contentBlockDelta().stream())
          .flatMap(delta -> delta.delta().text().stream())
          .map(text -> text.text())
          .forEach(piece);
    }
  }
}
