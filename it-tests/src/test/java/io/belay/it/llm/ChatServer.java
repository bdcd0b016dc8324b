package io.belay.it.llm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that asks a model for each request: the query is the URL to ask at. What is thrown
 * meanwhile it leaves to its server, but at {@code /patient}, where it answers 503 and says why.
 * Answers its port.
 */
final class ChatServer implements App {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Override
  public String run(String... args) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    ExecutorService threads = Executors.newFixedThreadPool(48);
    Script.pool(threads, 48);
    server.setExecutor(threads);
    server.createContext("/", ChatServer::chat);
    server.start();
    return String.valueOf(server.getAddress().getPort());
  }

  private static void chat(HttpExchange exchange) throws IOException {
    int status = 200;
    String text;
    try {
      text = ask(exchange.getRequestURI().getQuery());
    } catch (CancellationException refused) {
      if (!exchange.getRequestURI().getPath().equals("/patient")) {
        throw refused;
      }
      status = 503;
      text = refused.getMessage();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String ask(String url) throws IOException, InterruptedException {
    String prompt =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],"
            + "\"max_tokens\":5000}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/chat/completions"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(prompt))
            .build();
    return CLIENT.send(request, BodyHandlers.ofString()).body();
  }
}
