package io.belay.it.inbound;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's server. Answers its port; {@code /later} paths are answered by another thread. */
final class JdkApp implements App {
  @Override
  public String run(String... args) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    Script.pool(threads, 8);
    server.setExecutor(threads);
    server.createContext("/", JdkApp::answer);
    server.createContext("/later", exchange -> new Thread(() -> later(exchange)).start());
    server.createContext("/stream", JdkApp::stream);
    server.start();
    return String.valueOf(server.getAddress().getPort());
  }

  private static void later(HttpExchange exchange) {
    try {
      answer(exchange);
    } catch (IOException | RuntimeException e) {
      exchange.close();
    }
  }

  private static void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.write("data: begun\n\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
    URI uri = exchange.getRequestURI();
    Handler.answer(uri.getPath().replaceFirst("^/stream", ""), uri.getQuery());
    exchange.close();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    String path = uri.getPath().replaceFirst("^/later", "");
    byte[] body = Handler.answer(path, uri.getQuery()).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
