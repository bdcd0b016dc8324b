package io.belay.it.llm;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** openai-java. */
final class OpenAiApp extends SdkApp {
  private static final OpenAIClient CLIENT = OpenAIOkHttpClient.builder().apiKey("none").build();
  private static final ChatCompletionCreateParams PROMPT =
      ChatCompletionCreateParams.builder().model("m").addUserMessage("hello").build();

  private static OpenAIClient at(String url) {
    return CLIENT.withOptions(options -> options.baseUrl(url));
  }

  private static String text(ChatCompletion answer) {
    return answer.choices().get(0).message().content().orElse("");
  }

  @Override
  String ask(String url) {
    return text(at(url).chat().completions().create(PROMPT));
  }

  @Override
  CompletableFuture<String> askLater(String url) {
    return at(url).async().chat().completions().create(PROMPT).thenApply(OpenAiApp::text);
  }

  @Override
  void stream(String url, Consumer<String> piece) {
    try (StreamResponse<ChatCompletionChunk> chunks =
        at(url).chat().completions().createStreaming(PROMPT)) {
      chunks.stream()
          .flatMap(chunk -> chunk.choices().stream())
          .flatMap(choice -> choice.delta().content().stream())
          .forEach(piece);
    }
  }
}
