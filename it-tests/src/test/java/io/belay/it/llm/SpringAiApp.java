package io.belay.it.llm;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.retry.RetryUtils;

/** Spring AI on the OpenAI model: RestClient for whole answers, WebClient for streams. */
class SpringAiApp extends SdkApp {
  ChatClient at(String url) {
    OpenAiApi api =
        OpenAiApi.builder()
            .baseUrl(url)
            .completionsPath("/chat/completions")
            .apiKey("none")
            .build();
    return ChatClient.create(
        OpenAiChatModel.builder()
            .openAiApi(api)
            .defaultOptions(OpenAiChatOptions.builder().model("m").build())
            .retryTemplate(RetryUtils.SHORT_RETRY_TEMPLATE)
            .build());
  }

  @Override
  String ask(String url) {
    return at(url).prompt().user("hello").call().content();
  }

  @Override
  CompletableFuture<String> askLater(String url) {
    return at(url).prompt().user("hello").stream()
        .content()
        .collect(Collectors.joining())
        .toFuture();
  }

  @Override
  void stream(String url, Consumer<String> piece) {
    // Waits the way that no interrupt disturbs: the call's own error is to end it.
    at(url).prompt().user("hello").stream().content().doOnNext(piece).then().toFuture().join();
  }

  @Override
  String converse(String url) {
    return at(url).prompt().user("hello").tools(new Tool()).call().content();
  }
}
