package io.belay.it.llm;

import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.ClientOptions;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** openai-java. */
class OpenAiApp extends SdkApp {
  private static final OpenAIClient CLIENT = OpenAIOkHttpClient.builder().apiKey("none").build();
  private static final Map<String, OpenAIClient> OLDEST = new ConcurrentHashMap<>();
  private static final ChatCompletionCreateParams PROMPT =
      ChatCompletionCreateParams.builder().model("m").addUserMessage("hello").build();

  OpenAIClient at(String url) {
    try {
      return CLIENT.withOptions(options -> options.baseUrl(url));
    } catch (NoSuchMethodError oldest) {
      return OLDEST.computeIfAbsent(
          url, base -> OpenAIOkHttpClient.builder().apiKey("none").baseUrl(base).build());
    }
  }

  /** With an HTTP client of the application's own. */
  static final class Own extends OpenAiApp {
    private static final OpenAIClient CLIENT =
        new OpenAIClientImpl(
            ClientOptions.builder().httpClient(new OwnClient()).apiKey("none").build());

    @Override
    OpenAIClient at(String url) {
      return CLIENT.withOptions(options -> options.baseUrl(url));
    }
  }

  /** At Azure, where the path names the model. */
  static final class Azure extends OpenAiApp {
    private static final Map<String, OpenAIClient> CLIENTS = new ConcurrentHashMap<>();

    @Override
    OpenAIClient at(String url) {
      return CLIENTS.computeIfAbsent(
          url,
          base ->
              OpenAIOkHttpClient.builder()
                  .baseUrl(base)
                  .credential(AzureApiKeyCredential.create("none"))
                  .azureUrlPathMode(AzureUrlPathMode.LEGACY)
                  .build());
    }
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
