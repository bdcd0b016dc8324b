package io.belay.agent.control;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.belay.agent.run.Clock;
import io.belay.agent.run.Runs;
import io.belay.agent.run.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The listening half of {@link HttpControl}: the JDK's server, our threads, and every check. */
final class Server implements AutoCloseable {
  static final int LARGEST_BODY = 64 * 1024;
  private static final BigInteger MOST = BigInteger.valueOf(LARGEST_BODY);
  private static final int BACKLOG = 128;
  private static final int THREADS = 32;
  private static final int PIECE = 64 * 1024;
  private static final int PASSED_OVER = 1024 * 1024;

  /** How long a caller may take to send a request, or to read a piece of the answer. */
  private static final long PATIENCE = 5_000_000_000L;

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final Routes routes = new Routes();
  private final Watch watch = new Watch(this::isCrowded);
  private final Events events;
  private final Guard guard;
  private final Rate questions;
  private final Rate commands;
  private final Runs.Journal journal;

  Server(
      InetSocketAddress address,
      HttpOptions options,
      Runs runs,
      Budgets budgets,
      Supplier<Coverage> coverage,
      Runs.Journal journal,
      Clock clock)
      throws IOException {
    this.journal = journal;
    this.questions = new Rate(clock);
    this.commands = new Rate(clock);
    this.guard = new Guard(options);
    RunJson json = new RunJson(runs, budgets);
    this.events = new Events(runs, json, watch, journal);
    new RunRoutes(runs, json, budgets, events::lastId).addTo(routes);
    new StateRoutes(runs, coverage, events).addTo(routes);
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> Threads.make(task, "belay-http"));
    this.threads.allowCoreThreadTimeOut(true);
    this.server = HttpServer.create(address, BACKLOG);
    server.setExecutor(this::execute);
    server.createContext("/", this::handle);
  }

  private boolean isCrowded() {
    return !threads.getQueue().isEmpty();
  }

  /** Starts to answer. To be called by a daemon thread: the server's own becomes what that is. */
  void start() {
    watch.start();
    events.start();
    server.start();
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  Routes routes() {
    return routes;
  }

  /** One request: the JDK's server reads its head here, then calls {@link #handle}. */
  private void execute(Runnable exchange) {
    threads.execute(
        () -> {
          watch.begin(PATIENCE);
          try {
            exchange.run();
          } finally {
            watch.end();
          }
        });
  }

  private void handle(HttpExchange exchange) throws IOException {
    watch.end();
    String path = exchange.getRequestURI().getRawPath();
    Answer answer;
    try {
      answer = answer(exchange, path);
      if (answer == Answer.SUBSCRIPTION && !isHead(exchange)) {
        events.checkRoom();
        subscribe(exchange);
        return;
      }
    } catch (Problem problem) {
      answer = problem.answer(path);
    } catch (InterruptedException | IOException e) {
      exchange.close(); // Either the caller or this server has gone.
      return;
    } catch (Throwable fault) {
      journal.fault("answering an HTTP request", fault);
      answer = new Problem(500, "a fault in Belay; its log has the details").answer(path);
    }
    try {
      send(exchange, answer);
    } finally {
      watch.begin(PATIENCE);
      exchange.close();
      watch.end();
    }
  }

  private Answer answer(HttpExchange exchange, String path)
      throws IOException, InterruptedException {
    Headers headers = exchange.getRequestHeaders();
    String method = exchange.getRequestMethod();
    Guard.checkSize(exchange.getRequestURI().toString(), headers);
    if (headers.getOrDefault("Host", List.of()).size() > 1) {
      throw new Problem(400, "more than one Host header");
    }
    guard.check(path, headers::getFirst, exchange.getLocalAddress());
    String named = exchange.getRequestURI().getRawAuthority();
    if (named != null) {
      guard.checkHost(named, exchange.getLocalAddress()); // In place of Host, as proxies are asked.
    }
    boolean asks = method.equals("GET") || method.equals("HEAD");
    (asks ? questions : commands).take();
    List<String> segments = Request.segments(path);
    Routes.Handler handler = routes.find(method, segments);
    String body = asks ? "" : body(exchange);
    return handler.answer(
        new Request(
            "http " + exchange.getRemoteAddress().getAddress().getHostAddress(),
            segments,
            Request.parameters(exchange.getRequestURI().getRawQuery()),
            body));
  }

  private String body(HttpExchange exchange) throws IOException {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    InputStream in = exchange.getRequestBody();
    watch.begin(PATIENCE);
    try {
      if (length != null && new BigInteger(length).compareTo(MOST) > 0) {
        passOver(in); // The JDK's server has seen that the length is a number.
        throw tooLarge();
      }
      byte[] body = in.readNBytes(LARGEST_BODY + 1);
      if (body.length > LARGEST_BODY) {
        throw tooLarge();
      }
      return new String(body, StandardCharsets.UTF_8);
    } finally {
      watch.end();
    }
  }

  /**
   * Takes what a caller is about to send anyway, up to a bound: a connection that is closed with
   * bytes unread is reset, and the reset may overtake the answer.
   */
  private static void passOver(InputStream in) throws IOException {
    byte[] piece = new byte[8 * 1024];
    int read = in.read(piece);
    for (int all = read; read > 0 && all < PASSED_OVER; all += read) {
      read = in.read(piece);
    }
  }

  private static Problem tooLarge() {
    return new Problem(413, "the body may have " + LARGEST_BODY + " bytes at most");
  }

  private static boolean isHead(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("HEAD");
  }

  private static void prepare(HttpExchange exchange, Answer answer) {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.contentType());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Referrer-Policy", "no-referrer");
    answer.headers().forEach(headers::set);
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    prepare(exchange, answer);
    byte[] body = answer.body();
    watch.begin(PATIENCE);
    try {
      if (isHead(exchange)) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        exchange.sendResponseHeaders(answer.status(), -1);
        return;
      }
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      OutputStream out = exchange.getResponseBody();
      for (int at = 0; at < body.length; at += PIECE) {
        watch.begin(PATIENCE);
        out.write(body, at, Math.min(PIECE, body.length - at));
      }
    } finally {
      watch.end();
    }
  }

  /** The exchange stays open when its handler has returned; the event writers have it from now. */
  private void subscribe(HttpExchange exchange) throws IOException {
    prepare(exchange, Answer.SUBSCRIPTION);
    watch.begin(PATIENCE);
    try {
      exchange.sendResponseHeaders(200, 0);
      events.subscribe(
          exchange.getRequestHeaders().getFirst("Last-Event-ID"),
          exchange.getResponseBody(),
          exchange::close);
    } finally {
      watch.end();
    }
  }

  @Override
  public void close() {
    events.close();
    server.stop(0);
    threads.shutdownNow();
    watch.close();
  }
}
