package io.belay.it.llm;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** Bedrock by the AWS SDK: Converse and its stream. */
final class BedrockConverseApp extends BedrockApp {
  private static final Message HELLO =
      Message.builder().role(ConversationRole.USER).content(ContentBlock.fromText("hello")).build();
  private static final ConverseRequest PROMPT =
      ConverseRequest.builder().modelId(MODEL).messages(HELLO).build();

  @Override
  SdkHttpClient http() {
    return Apache5HttpClient.create();
  }

  private static String text(ConverseResponse answer) {
    return answer.output().message().content().get(0).text();
  }

  @Override
  String ask(String url) {
    return text(blocking(url).converse(PROMPT));
  }

  @Override
  CompletableFuture<String> askLater(String url) {
    return async(url).converse(PROMPT).thenApply(BedrockConverseApp::text);
  }

  @Override
  void stream(String url, Consumer<String> piece) {
    async(url)
        .converseStream(
            ConverseStreamRequest.builder().modelId(MODEL).messages(HELLO).build(),
            ConverseStreamResponseHandler.builder()
                .subscriber(
                    ConverseStreamResponseHandler.Visitor.builder()
                        .onContentBlockDelta(delta -> piece.accept(delta.delta().text()))
                        .build())
                .build())
        .join();
  }
}
