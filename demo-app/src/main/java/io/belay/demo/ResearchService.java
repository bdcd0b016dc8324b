package io.belay.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * The web face of the research assistant.
 *
 * <pre>
 * POST   /research       {"question": "...", "id": "..."}   202; the id is optional
 * GET    /research/{id}                                     its status and, later, its report
 * DELETE /research/{id}                                     cancels it
 * </pre>
 */
final class ResearchService {
  private static final String PATH = "/research";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final ObjectMapper json = new ObjectMapper();
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final Map<String, CompletableFuture<String>> research = new ConcurrentHashMap<>();
  private final ResearchAgent agent;
  private final HttpServer server;

  private ResearchService(ResearchAgent agent, int port) throws IOException {
    this.agent = agent;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(workers);
    server.createContext(PATH, this::handle);
  }

  /** Starts the service and returns its address. It runs until the JVM ends. */
  static String start(Settings settings) throws IOException {
    ResearchService service = new ResearchService(ResearchAgent.create(settings), settings.port());
    service.server.start();
    return "http://127.0.0.1:" + service.server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String rest = exchange.getRequestURI().getPath().substring(PATH.length());
      String id = rest.startsWith("/") ? rest.substring(1) : "";
      switch (exchange.getRequestMethod()) {
        case "POST" -> begin(exchange);
        case "GET" -> reply(exchange, 200, id);
        case "DELETE" -> cancel(exchange, id);
        default -> problem(exchange, 405, "POST, GET or DELETE");
      }
    }
  }

  private void begin(HttpExchange exchange) throws IOException {
    JsonNode body;
    try {
      body = json.readTree(exchange.getRequestBody());
    } catch (JsonProcessingException e) {
      problem(exchange, 400, "the body is not JSON: " + e.getOriginalMessage());
      return;
    }
    String question = body.path("question").asText("");
    String id = body.path("id").asText(UUID.randomUUID().toString());
    if (question.isBlank() || !ID.matcher(id).matches()) {
      problem(exchange, 400, "a question is needed, and an id of letters, digits, '-' and '_'");
      return;
    }
    CompletableFuture<String> work = new CompletableFuture<>();
    if (research.putIfAbsent(id, work) != null) {
      problem(exchange, 409, "there is already a research " + id);
      return;
    }
    work.completeAsync(() -> agent.answer(id, question), workers);
    exchange.getResponseHeaders().set("Location", PATH + "/" + id);
    reply(exchange, 202, id);
  }

  private void cancel(HttpExchange exchange, String id) throws IOException {
    CompletableFuture<String> work = research.get(id);
    if (work != null) {
      work.cancel(true);
    }
    reply(exchange, 200, id);
  }

  private void reply(HttpExchange exchange, int status, String id) throws IOException {
    CompletableFuture<String> work = research.get(id);
    if (work == null) {
      problem(exchange, 404, "there is no research " + id);
      return;
    }
    ObjectNode answer = json.createObjectNode().put("id", id);
    if (work.isCancelled()) {
      answer.put("status", "cancelled");
    } else if (work.isCompletedExceptionally()) {
      answer.put("status", "failed");
    } else if (work.isDone()) {
      answer.put("status", "done").put("report", work.join());
    } else {
      answer.put("status", "running");
    }
    send(exchange, status, answer);
  }

  private void problem(HttpExchange exchange, int status, String detail) throws IOException {
    send(exchange, status, json.createObjectNode().put("status", status).put("detail", detail));
  }

  private void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = json.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
