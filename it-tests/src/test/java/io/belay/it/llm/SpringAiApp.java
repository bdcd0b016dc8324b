package io.belay.it.llm;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.retry.RetryUtils;

/** Spring AI on the OpenAI model, of whatever version is on the class path. */
final class SpringAiApp extends SdkApp {
  /** What an answer is to be made into. */
  record Page(String text) {}

  private static ChatClient at(String url) {
    ChatModel model;
    try {
      model = Version1.at(url);
    } catch (NoClassDefFoundError second) {
      model = SpringAi2Model.at(url);
    }
    return ChatClient.create(model);
  }

  /** The model of Spring AI 1: RestClient for whole answers, WebClient for streams. */
  private static final class Version1 {
    static ChatModel at(String url) {
      OpenAiApi api =
          OpenAiApi.builder()
              .baseUrl(url)
              .completionsPath("/chat/completions")
              .apiKey("none")
              .build();
      return OpenAiChatModel.builder()
          .openAiApi(api)
          .defaultOptions(OpenAiChatOptions.builder().model("m").build())
          .retryTemplate(RetryUtils.SHORT_RETRY_TEMPLATE)
          .build();
    }
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
  String typed(String url) {
    Page first = at(url).prompt().user("hello").call().entity(Page.class);
    Page second = at(url).prompt().user("hello").call().responseEntity(Page.class).entity();
    return first.text() + second.text();
  }

  @Override
  String converse(String url) {
    return at(url).prompt().user("hello").tools(new Tool()).call().content();
  }
}
