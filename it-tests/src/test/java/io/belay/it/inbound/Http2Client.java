package io.belay.it.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** One connection of HTTP/2 to a server under test; to cancel an answer resets its stream. */
final class Http2Client {
  private final HttpClient client;
  private final String server;

  private Http2Client(HttpClient.Builder client, String server) {
    this.client = client.version(HttpClient.Version.HTTP_2).build();
    this.server = server;
    get(); // Changes to HTTP/2, where TLS does not.
    assertEquals(HttpClient.Version.HTTP_2, get().version(), server);
  }

  static Http2Client plain(int port) {
    return new Http2Client(HttpClient.newBuilder(), "http://127.0.0.1:" + port);
  }

  /** Over TLS. */
  static Http2Client secure(int port) {
    return new Http2Client(
        HttpClient.newBuilder().sslContext(Tls.client()), "https://127.0.0.1:" + port);
  }

  void isStillGood() {
    assertEquals("hello", get().body(), server);
  }

  private HttpResponse<String> get() {
    try {
      return client.send(request("/a"), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(server, e);
    }
  }

  /** A path, perhaps with a header line. */
  CompletableFuture<HttpResponse<String>> ask(String target) {
    return client.sendAsync(request(target), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String target) {
    String[] lines = target.split("\n", 2);
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + lines[0]));
    if (lines.length > 1) {
      String[] header = lines[1].split(": ", 2);
      request.header(header[0], header[1]);
    }
    return request.build();
  }
}
