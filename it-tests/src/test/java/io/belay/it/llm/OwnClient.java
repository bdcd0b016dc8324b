package io.belay.it.llm;

import com.openai.core.RequestOptions;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpResponse;
import com.openai.errors.OpenAIIoException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** An application's own client for openai-java, here over the JDK's. */
final class OwnClient implements HttpClient {
  private final java.net.http.HttpClient client =
      java.net.http.HttpClient.newBuilder()
          .version(java.net.http.HttpClient.Version.HTTP_1_1)
          .build();

  @Override
  public HttpResponse execute(HttpRequest request, RequestOptions options) {
    try {
      return new Answer(client.send(sent(request), BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new OpenAIIoException("no answer", e); // What the SDK tries again.
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
    return client.sendAsync(sent(request), BodyHandlers.ofInputStream()).thenApply(Answer::new);
  }

  private static java.net.http.HttpRequest sent(HttpRequest request) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    request.body().writeTo(body);
    java.net.http.HttpRequest.Builder made =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
            .header("Content-Type", request.body().contentType())
            .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
    Headers headers = request.headers();
    headers.names().forEach(name -> headers.values(name).forEach(v -> made.header(name, v)));
    return made.build();
  }

  @Override
  public void close() {}

  /** The JDK's answer as openai-java reads it. */
  private record Answer(java.net.http.HttpResponse<InputStream> of) implements HttpResponse {
    @Override
    public int statusCode() {
      return of.statusCode();
    }

    @Override
    public Headers headers() {
      Headers.Builder all = Headers.builder();
      of.headers().map().forEach(all::put);
      return all.build();
    }

    @Override
    public InputStream body() {
      return of.body();
    }

    @Override
    public void close() {
      try {
        of.body().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
