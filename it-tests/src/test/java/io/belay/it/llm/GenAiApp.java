package io.belay.it.llm;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** google-genai. */
public final class GenAiApp extends SdkApp {
  private static final Map<String, Client> CLIENTS = new ConcurrentHashMap<>();
  private static final GenerateContentConfig PLAIN = GenerateContentConfig.builder().build();

  static Client at(String url) {
    return CLIENTS.computeIfAbsent(
        url,
        base ->
            Client.builder()
                .apiKey("none")
                .httpOptions(
                    HttpOptions.builder().baseUrl(base).retryOptions(retries(base)).build())
                .build());
  }

  /** Whoever is to be found in a pause makes a long one. */
  private static HttpRetryOptions retries(String url) {
    HttpRetryOptions.Builder usual = HttpRetryOptions.builder();
    return url.contains("pausing") ? usual.initialDelay(50.0).build() : usual.build();
  }

  /** The tool; it is known by its name. */
  public static String lookUp(String url) {
    return Tool.fetch(url);
  }

  @Override
  String ask(String url) {
    return at(url).models.generateContent("m", "hello", PLAIN).text();
  }

  @Override
  CompletableFuture<String> askLater(String url) {
    return at(url)
        .async
        .models
        .generateContent("m", "hello", PLAIN)
        .thenApply(GenerateContentResponse::text);
  }

  @Override
  void stream(String url, Consumer<String> piece) {
    try (ResponseStream<GenerateContentResponse> chunks =
        at(url).models.generateContentStream("m", "hello", PLAIN)) {
      for (GenerateContentResponse chunk : chunks) {
        piece.accept(chunk.text());
      }
    }
  }

  @Override
  String converse(String url) throws Exception {
    GenerateContentConfig config =
        GenerateContentConfig.builder()
            .tools(
                com.google.genai.types.Tool.builder()
                    .functions(GenAiApp.class.getMethod("lookUp", String.class))
                    .build())
            .build();
    return at(url).models.generateContent("m", "hello", config).text();
  }
}
