package io.belay.it.inbound;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's server. Answers its port; {@code /later} paths are answered by another thread. */
final class JdkApp implements App {
  @Override
  public String run(String... args) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    Script.pool(threads, 8);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpsServer secure = HttpsServer.create(any, 50);
    secure.setHttpsConfigurator(new HttpsConfigurator(Tls.server(args[0])));
    return serve(HttpServer.create(any, 50), threads) + " " + serve(secure, threads);
  }

  private static int serve(HttpServer server, Executor threads) {
    server.setExecutor(threads);
    server.createContext("/", JdkApp::answer);
    server.createContext("/later", exchange -> new Thread(() -> later(exchange)).start());
    server.createContext("/hooks/accept", JdkApp::accept);
    server.createContext("/swallow", JdkApp::swallow);
    server.createContext("/stream", JdkApp::stream);
    server.start();
    return server.getAddress().getPort();
  }

  /** As applications must: else the server closes the connection without a word. */
  private static void swallow(HttpExchange exchange) throws IOException {
    try {
      answer(exchange);
    } catch (RuntimeException failure) {
      byte[] body = "it has failed".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(500, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private static void accept(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    Handler.afterwards(uri.getPath().substring("/hooks/accept".length()), uri.getQuery());
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
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
    String path = uri.getPath().replaceFirst("^/(later|swallow)", "");
    byte[] body = Handler.answer(path, uri.getQuery()).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
