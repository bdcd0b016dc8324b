package io.belay.it.inbound;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Speaks MCP by hand, since the SDK's own client never cancels. */
abstract class McpClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SESSION = "Mcp-Session-Id";

  /** Sends one message; what is answered comes later, if at all. */
  abstract void send(String message);

  @Override
  public void close() {}

  final void begin() {
    request(
        0,
        "initialize",
        Map.of(
            "protocolVersion",
            "2025-03-26",
            "capabilities",
            Map.of(),
            "clientInfo",
            Map.of("name", "c", "version", "1")));
    told("notifications/initialized", Map.of());
  }

  final void call(int id, String key, String url) {
    request(
        id, "tools/call", Map.of("name", "research", "arguments", Map.of("key", key, "url", url)));
  }

  final void cancel(int id) {
    told("notifications/cancelled", Map.of("requestId", id, "reason", "changed my mind"));
  }

  private void request(int id, String method, Map<String, ?> params) {
    send(text(Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params)));
  }

  private void told(String method, Map<String, ?> params) {
    send(text(Map.of("jsonrpc", "2.0", "method", method, "params", params)));
  }

  private static String text(Object message) {
    try {
      return JSON.writeValueAsString(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** To a servlet: each message is a request, the first of which begins the session. */
  static McpClient http(int port) {
    HttpClient http = HttpClient.newHttpClient();
    return new McpClient() {
      private String session = "";

      @Override
      void send(String message) {
        HttpRequest.Builder request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(message));
        if (!session.isEmpty()) {
          request.header(SESSION, session);
        }
        CompletableFuture<HttpResponse<String>> answer =
            http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
        if (!message.contains("tools/call")) {
          HttpResponse<String> now = answer.join();
          session = now.headers().firstValue(SESSION).orElse(session);
        }
      }
    };
  }

  /** To standard input, a line for each message; what is answered is of no interest. */
  static McpClient streams(int port) {
    try {
      Socket connection = new Socket(InetAddress.getLoopbackAddress(), port);
      return new McpClient() {
        @Override
        void send(String message) {
          try {
            connection.getOutputStream().write((message + '\n').getBytes(StandardCharsets.UTF_8));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }

        @Override
        public void close() {
          try {
            connection.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
