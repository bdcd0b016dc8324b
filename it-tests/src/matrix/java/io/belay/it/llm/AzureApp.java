package io.belay.it.llm;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.RetryPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Azure's own SDK, on azure-core and Reactor Netty. */
final class AzureApp extends SdkApp {
  private static final Map<String, OpenAIClient> BLOCKING = new ConcurrentHashMap<>();
  private static final Map<String, OpenAIAsyncClient> ASYNC = new ConcurrentHashMap<>();

  private static OpenAIClientBuilder at(String url) {
    return new OpenAIClientBuilder()
        .endpoint(url)
        // No key: it would be sent over TLS alone.
        .pipeline(new HttpPipelineBuilder().policies(new RetryPolicy()).build());
  }

  private static OpenAIClient blocking(String url) {
    return BLOCKING.computeIfAbsent(url, base -> at(base).buildClient());
  }

  private static OpenAIAsyncClient async(String url) {
    return ASYNC.computeIfAbsent(url, base -> at(base).buildAsyncClient());
  }

  private static ChatCompletionsOptions prompt() {
    return new ChatCompletionsOptions(List.of(new ChatRequestUserMessage("hello")));
  }

  private static String text(ChatCompletions answer) {
    return answer.getChoices().stream()
        .map(choice -> choice.getMessage() == null ? choice.getDelta() : choice.getMessage())
        .map(message -> message.getContent() == null ? "" : message.getContent())
        .collect(Collectors.joining());
  }

  @Override
  String ask(String url) {
    return text(blocking(url).getChatCompletions("m", prompt()));
  }

  @Override
  CompletableFuture<String> askLater(String url) {
    return async(url).getChatCompletions("m", prompt()).map(AzureApp::text).toFuture();
  }

  @Override
  void stream(String url, Consumer<String> piece) {
    blocking(url).getChatCompletionsStream("m", prompt()).stream()
        .map(AzureApp::text)
        .filter(text -> !text.isEmpty())
        .forEach(piece);
  }
}
