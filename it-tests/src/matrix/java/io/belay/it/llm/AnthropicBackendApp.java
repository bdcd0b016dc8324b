package io.belay.it.llm;

import com.anthropic.backends.Backend;
import com.anthropic.bedrock.backends.BedrockBackend;
import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.vertex.backends.VertexBackend;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.regions.Region;

/** anthropic-java on a cloud's models: another path, another body, a signature. */
abstract class AnthropicBackendApp extends AnthropicApp {
  private static final Map<String, AnthropicClient> CLIENTS = new ConcurrentHashMap<>();
  private static final MessageCreateParams PROMPT =
      MessageCreateParams.builder()
          .model("anthropic.m")
          .maxTokens(1000)
          .addUserMessage("hello")
          .build();

  abstract Backend backend();

  @Override
  AnthropicClient client(String url) {
    return CLIENTS.computeIfAbsent(
        url, base -> AnthropicOkHttpClient.builder().backend(new Nearby(backend(), base)).build());
  }

  @Override
  MessageCreateParams prompt() {
    return PROMPT;
  }

  /** A backend as it is, but at an address of the test's. */
  private record Nearby(Backend backend, String baseUrl) implements Backend {
    @Override
    public HttpRequest prepareRequest(HttpRequest request) {
      return backend.prepareRequest(request);
    }

    @Override
    public HttpRequest authorizeRequest(HttpRequest request) {
      return backend.authorizeRequest(request);
    }

    @Override
    public HttpResponse prepareResponse(HttpResponse response) {
      return backend.prepareResponse(response);
    }

    @Override
    public void close() {
      backend.close();
    }
  }

  /** Amazon Bedrock. */
  static final class Bedrock extends AnthropicBackendApp {
    @Override
    Backend backend() {
      return BedrockBackend.builder()
          .awsCredentials(AwsBasicCredentials.create("none", "none"))
          .region(Region.US_EAST_1)
          .build();
    }
  }

  /** Google's Vertex AI. */
  static final class Vertex extends AnthropicBackendApp {
    @Override
    Backend backend() {
      AccessToken token =
          new AccessToken("none", Date.from(Instant.now().plus(Duration.ofDays(1))));
      return VertexBackend.builder()
          .googleCredentials(GoogleCredentials.create(token))
          .region("global")
          .project("p")
          .build();
    }
  }
}
