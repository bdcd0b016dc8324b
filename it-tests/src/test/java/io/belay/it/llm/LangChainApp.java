package io.belay.it.llm;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** LangChain4j on its own client, which is the JDK's. */
final class LangChainApp extends SdkApp {
  /** Answers at once. */
  interface Assistant {
    String chat(String message);
  }

  /** Answers in pieces. */
  interface Narrator {
    TokenStream chat(String message);
  }

  private static OpenAiChatModel model(String url) {
    return OpenAiChatModel.builder().baseUrl(url).apiKey("none").modelName("m").build();
  }

  private static OpenAiStreamingChatModel streaming(String url) {
    return OpenAiStreamingChatModel.builder().baseUrl(url).apiKey("none").modelName("m").build();
  }

  @Override
  String ask(String url) {
    return AiServices.create(Assistant.class, model(url)).chat("hello");
  }

  @Override
  CompletableFuture<String> askLater(String url) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    StringBuilder all = new StringBuilder();
    streaming(url)
        .chat(
            "hello",
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(String piece) {
                all.append(piece);
              }

              @Override
              public void onCompleteResponse(ChatResponse complete) {
                answer.complete(all.toString());
              }

              @Override
              public void onError(Throwable error) {
                answer.completeExceptionally(error);
              }
            });
    return answer;
  }

  @Override
  void stream(String url, Consumer<String> piece) {
    CompletableFuture<ChatResponse> complete = new CompletableFuture<>();
    AiServices.builder(Narrator.class)
        .streamingChatModel(streaming(url))
        .build()
        .chat("hello")
        .onPartialResponse(piece)
        .onCompleteResponse(complete::complete)
        .onError(complete::completeExceptionally)
        .start();
    complete.join();
  }

  @Override
  String converse(String url) {
    return AiServices.builder(Assistant.class)
        .chatModel(model(url))
        .tools(new Tool())
        .build()
        .chat("hello");
  }
}
