package io.belay.it.llm;

import io.belay.it.harness.App;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.StringRequestContent;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.HttpProtocol;

/**
 * Asks a model once and reads the whole answer. Arguments: the client, the URL, the body. Every
 * client takes packed answers: by itself, or as an application has it do.
 */
final class Asker implements App {
  @Override
  public String run(String... args) throws Exception {
    return switch (args[0]) {
      case "jdk-1.1" -> jdk(HttpClient.Version.HTTP_1_1, args[1], args[2]);
      case "jdk-2" -> jdk(HttpClient.Version.HTTP_2, args[1], args[2]);
      case "okhttp-1.1" -> okHttp(Protocol.HTTP_1_1, args[1], args[2]);
      case "okhttp-2" -> okHttp(Protocol.H2_PRIOR_KNOWLEDGE, args[1], args[2]);
      case "apache-1.1" -> apache(args[1], args[2]);
      case "jetty-1.1" -> jetty(args[1], args[2]);
      case "reactor-1.1" -> reactor(HttpProtocol.HTTP11, args[1], args[2]);
      case "reactor-2" -> reactor(HttpProtocol.H2C, args[1], args[2]);
      default -> throw new IllegalArgumentException(args[0]);
    };
  }

  private static String jdk(HttpClient.Version version, String url, String body)
      throws IOException, InterruptedException {
    HttpRequest ask =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .header("Accept-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpClient client = HttpClient.newBuilder().version(version).build();
    if (version == HttpClient.Version.HTTP_2) {
      // It changes over with a request, and the server does with none that has a body.
      client.send(
          HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding());
    }
    HttpResponse<byte[]> answer = client.send(ask, HttpResponse.BodyHandlers.ofByteArray());
    boolean packed = answer.headers().firstValue("Content-Encoding").isPresent();
    byte[] bytes = answer.body();
    if (packed) {
      bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
    }
    return told(answer.version() == HttpClient.Version.HTTP_2, packed, bytes);
  }

  private static String okHttp(Protocol protocol, String url, String body) throws IOException {
    OkHttpClient client = new OkHttpClient.Builder().protocols(List.of(protocol)).build();
    Request ask =
        new Request.Builder()
            .url(url)
            .post(RequestBody.create(body, MediaType.get("application/json")))
            .build();
    try (Response answer = client.newCall(ask).execute()) {
      boolean second = answer.protocol() != Protocol.HTTP_1_1;
      return told(second, false, answer.body().bytes());
    }
  }

  private static String apache(String url, String body) throws IOException {
    try (CloseableHttpClient client = HttpClients.createDefault()) {
      HttpPost ask = new HttpPost(url);
      ask.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
      return client.execute(
          ask, answer -> told(false, false, EntityUtils.toByteArray(answer.getEntity())));
    }
  }

  private static String jetty(String url, String body) throws Exception {
    org.eclipse.jetty.client.HttpClient client = new org.eclipse.jetty.client.HttpClient();
    client.start();
    try {
      ContentResponse answer =
          client.POST(url).body(new StringRequestContent("application/json", body)).send();
      return told(false, false, answer.getContent());
    } finally {
      client.stop();
    }
  }

  private static String reactor(HttpProtocol protocol, String url, String body) {
    byte[] bytes =
        reactor.netty.http.client.HttpClient.create()
            .protocol(protocol)
            .compress(true)
            .headers(headers -> headers.set("Content-Type", "application/json"))
            .post()
            .uri(url)
            .send(ByteBufFlux.fromString(Mono.just(body)))
            .responseContent()
            .aggregate()
            .asByteArray()
            .block();
    return told(protocol == HttpProtocol.H2C, false, bytes);
  }

  private static String told(boolean second, boolean packed, byte[] bytes) {
    return (second ? "2" : "1.1")
        + (packed ? " packed " : " ")
        + new String(bytes, StandardCharsets.UTF_8);
  }
}
