package io.belay.it.llm;

import com.cohere.api.AsyncCohere;
import com.cohere.api.Cohere;
import com.cohere.api.resources.v2.requests.V2ChatRequest;
import com.cohere.api.resources.v2.requests.V2ChatStreamRequest;
import com.cohere.api.resources.v2.types.V2ChatResponse;
import com.cohere.api.resources.v2.types.V2ChatStreamResponse;
import com.cohere.api.types.AssistantMessageResponseContentItem;
import com.cohere.api.types.ChatMessageV2;
import com.cohere.api.types.UserMessageV2;
import com.cohere.api.types.UserMessageV2Content;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** cohere-java, the second API; its retries sleep inside an interceptor of OkHttp's. */
final class CohereApp extends SdkApp {
  private static final Map<String, Cohere> BLOCKING = new ConcurrentHashMap<>();
  private static final Map<String, AsyncCohere> ASYNC = new ConcurrentHashMap<>();
  private static final List<ChatMessageV2> HELLO =
      List.of(
          ChatMessageV2.user(
              UserMessageV2.builder().content(UserMessageV2Content.of("hello")).build()));

  private static V2ChatRequest prompt() {
    return V2ChatRequest.builder().model("m").messages(HELLO).build();
  }

  private static String text(V2ChatResponse answer) {
    return answer.getMessage().getContent().orElseThrow().stream()
        .map(AssistantMessageResponseContentItem::getText)
        .map(text -> text.orElseThrow().getText())
        .collect(Collectors.joining());
  }

  @Override
  String ask(String url) {
    Cohere client =
        BLOCKING.computeIfAbsent(url, base -> Cohere.builder().token("none").url(base).build());
    return text(client.v2().chat(prompt()));
  }

  @Override
  CompletableFuture<String> askLater(String url) {
    AsyncCohere client =
        ASYNC.computeIfAbsent(url, base -> AsyncCohere.builder().token("none").url(base).build());
    return client.v2().chat(prompt()).thenApply(CohereApp::text);
  }

  @Override
  void stream(String url, Consumer<String> piece) {
    Cohere client =
        BLOCKING.computeIfAbsent(url, base -> Cohere.builder().token("none").url(base).build());
    V2ChatStreamRequest prompt = V2ChatStreamRequest.builder().model("m").messages(HELLO).build();
    for (V2ChatStreamResponse event : client.v2().chatStream(prompt)) {
      event
          .getContentDelta()
          .flatMap(delta -> delta.getDelta())
          .flatMap(delta -> delta.getMessage())
          .flatMap(message -> message.getContent())
          .flatMap(content -> content.getText())
          .ifPresent(piece);
    }
  }
}
