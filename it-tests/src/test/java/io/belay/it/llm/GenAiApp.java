package io.belay.it.llm;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import java.util.List;
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
        base -> {
          HttpOptions.Builder http = HttpOptions.builder().baseUrl(base);
          try {
            Retries.in(http, base);
          } catch (NoSuchMethodError | NoClassDefFoundError oldest) {
            // It does not retry.
          }
          return Client.builder().apiKey("none").httpOptions(http.build()).build();
        });
  }

  private static final class Retries {
    /** Whoever is to be found in a pause makes a long one. */
    static void in(HttpOptions.Builder http, String url) {
      HttpRetryOptions.Builder usual = HttpRetryOptions.builder();
      http.retryOptions(url.contains("pausing") ? usual.initialDelay(50.0).build() : usual.build());
    }
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
                List.of(
                    com.google.genai.types.Tool.builder()
                        .functions(List.of(GenAiApp.class.getMethod("lookUp", String.class)))
                        .build()))
            .build();
    return at(url).models.generateContent("m", "hello", config).text();
  }
}
