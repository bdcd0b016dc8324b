package io.belay.it.llm;

import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/**
 * Asks Bedrock for streams over Netty, takes one event of each and leaves it when all of it has
 * come to this machine. Arguments: what is cancelled, a key, a URL and how often. Waits for the cue
 * {@code sent N} before it leaves the Nth. Answers how many calls were made.
 */
final class BedrockQuitter implements App {
  private static final ConverseStreamRequest ASK =
      ConverseStreamRequest.builder()
          .modelId(BedrockApp.MODEL)
          .inferenceConfig(most -> most.maxTokens(400))
          .messages(
              Message.builder()
                  .role(ConversationRole.USER)
                  .content(ContentBlock.fromText("hello"))
                  .build())
          .build();

  @Override
  public String run(String... args) throws Exception {
    int made = 0;
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      One one = new One();
      CompletableFuture<Void> over =
          client(args[0], args[2])
              .converseStream(
                  ASK,
                  ConverseStreamResponseHandler.builder()
                      .onEventStream(events -> events.subscribe(one))
                      .build());
      CompletableFuture<?> ended = over.handle((nothing, failure) -> null);
      CompletableFuture.anyOf(one.came, ended).join();
      if (!one.came.isDone()) {
        break; // It was refused.
      }
      Script.await(args[1], "sent " + (i + 1));
      Thread.sleep(100); // A sender waits to be told that the first of it came.
      if (args[0].equals("future")) {
        over.cancel(true);
      } else {
        one.given.cancel();
      }
      made++;
      ended.join();
    }
    return String.valueOf(made);
  }

  private static BedrockRuntimeAsyncClient client(String how, String url) {
    return how.equals("stranger")
        ? BedrockApp.at(BedrockRuntimeAsyncClient.builder(), url)
            .httpClient(new Stranger(BedrockApp.NETTY))
            .build()
        : BedrockApp.async(url);
  }

  /** A client of which nothing is known, since nothing leads from its bodies to what is below. */
  private record Stranger(SdkAsyncHttpClient below) implements SdkAsyncHttpClient {
    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
      SdkAsyncHttpResponseHandler given = request.responseHandler();
      return below.execute(
          AsyncExecuteRequest.builder()
              .request(request.request())
              .requestContentPublisher(request.requestContentPublisher())
              .fullDuplex(request.fullDuplex())
              .responseHandler(
                  new SdkAsyncHttpResponseHandler() {
                    @Override
                    public void onHeaders(SdkHttpResponse head) {
                      given.onHeaders(head);
                    }

                    @Override
                    public void onStream(Publisher<ByteBuffer> stream) {
                      given.onStream(stream::subscribe);
                    }

                    @Override
                    public void onError(Throwable failure) {
                      given.onError(failure);
                    }
                  })
              .build());
    }

    @Override
    public void close() {}
  }

  /** Wants one event, and no second one. */
  private static final class One implements Subscriber<ConverseStreamOutput> {
    final CompletableFuture<Void> came = new CompletableFuture<>();
    volatile Subscription given;

    @Override
    public void onSubscribe(Subscription subscription) {
      given = subscription;
      subscription.request(1);
    }

    @Override
    public void onNext(ConverseStreamOutput event) {
      came.complete(null);
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
