package io.belay.it.llm;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.retry.RetryPolicy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;

/** Bedrock by the AWS SDK: InvokeModel, which every version has. */
class BedrockApp extends SdkApp {
  static final String MODEL = "anthropic.claude-v2";
  private static final SdkBytes BODY =
      SdkBytes.fromUtf8String(
          "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":1000,"
              + "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
  private static final Map<String, BedrockRuntimeClient> BLOCKING = new ConcurrentHashMap<>();
  private static final Map<String, BedrockRuntimeAsyncClient> ASYNC = new ConcurrentHashMap<>();
  static final SdkAsyncHttpClient NETTY = NettyNioAsyncHttpClient.create();

  /** The client below, one for each class of applications. */
  SdkHttpClient http() {
    return UrlConnectionHttpClient.create();
  }

  BedrockRuntimeClient blocking(String url) {
    return BLOCKING.computeIfAbsent(
        url, base -> at(BedrockRuntimeClient.builder(), base).httpClient(http()).build());
  }

  static BedrockRuntimeAsyncClient async(String url) {
    return ASYNC.computeIfAbsent(
        url, base -> at(BedrockRuntimeAsyncClient.builder(), base).httpClient(NETTY).build());
  }

  @SuppressWarnings("deprecation") // The oldest version has no other way.
  static <B extends AwsClientBuilder<B, ?>> B at(B builder, String url) {
    AwsCredentialsProvider nobody =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none"));
    Duration pause = Duration.ofSeconds(url.contains("pausing") ? 50 : 0);
    return builder
        .region(Region.US_EAST_1)
        .credentialsProvider(nobody)
        .endpointOverride(URI.create(url))
        .overrideConfiguration(
            all ->
                all.retryPolicy(
                    RetryPolicy.builder().numRetries(2).backoffStrategy(last -> pause).build()));
  }

  @Override
  String ask(String url) {
    InvokeModelRequest request = InvokeModelRequest.builder().modelId(MODEL).body(BODY).build();
    return text(blocking(url).invokeModel(request).body());
  }

  @Override
  CompletableFuture<String> askLater(String url) {
    InvokeModelRequest request = InvokeModelRequest.builder().modelId(MODEL).body(BODY).build();
    return async(url).invokeModel(request).thenApply(answer -> text(answer.body()));
  }

  @Override
  void stream(String url, Consumer<String> piece) {
    async(url)
        .invokeModelWithResponseStream(
            InvokeModelWithResponseStreamRequest.builder().modelId(MODEL).body(BODY).build(),
            InvokeModelWithResponseStreamResponseHandler.builder()
                .subscriber(
                    InvokeModelWithResponseStreamResponseHandler.Visitor.builder()
                        .onChunk(chunk -> piece.accept(text(chunk.bytes())))
                        .build())
                .build())
        .join();
  }

  private static String text(SdkBytes json) {
    return json.asUtf8String().replaceAll("(?s).*\"text\":\"([^\"]*)\".*|.*", "$1");
  }
}
