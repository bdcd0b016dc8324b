package io.belay.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.run.Kind;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** openapi.json says what is really answered: every status of every route, in its schema. */
class DescriptionTest {
  /** These cannot be had by one request: they are asked for in {@link GuardTest}. */
  private static final List<String> NOT_ASKED_FOR = List.of("401", "429");

  private final TreeSet<String> asked = new TreeSet<>();
  private Door door;
  private Map<?, ?> paths;
  private Schema schema;

  @BeforeEach
  void open() throws Exception {
    door = new Door();
    Map<String, Object> document = door.get("/openapi.json").object();
    paths = (Map<?, ?>) document.get("paths");
    schema = new Schema(document);
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void everyAnswerIsAsDescribedAndEveryDescribedOneIsGiven() throws Exception {
    door.agent("r1", Kind.HTTP, "POST https://api.test/charges");
    door.agent("r2", Kind.LLM, "POST https://llm.test/v1/chat/completions");
    door.completed("done");
    door.failed("broken");
    door.budgets.reserved.put("r1", Map.of("output-tokens", 7, "cost-usd", 0.5));
    door.missed.add(
        new io.belay.agent.control.Coverage.Missed("acme-http", "2.1", "it is not known"));
    get("/runs", "/runs", 200);
    get("/runs", "/runs?status=running,completed&parent=jvm", 200);
    get("/runs", "/runs?status=sleeping", 400);
    get("/runs/{id}", "/runs/r1", 200);
    get("/runs/{id}", "/runs/done", 200);
    get("/runs/{id}", "/runs/r9", 404);
    get("/runs/{id}", "/runs/r1?x=1", 400);
    get("/runs/{id}/report", "/runs/r1/report", 409);
    get("/runs/{id}/report", "/runs/r9/report", 404);
    get("/runs/{id}/report", "/runs/r1/report?x=1", 400);
    String big = "{\"reason\":\"" + "x".repeat(Server.LARGEST_BODY) + "\"}";
    post("/runs/{id}/budget", "/runs/r1/budget", "{\"output-tokens\":5000,\"cost-usd\":null}", 200);
    post("/runs/{id}/budget", "/runs/r1/budget", "{\"output-tokens\":\"lots\"}", 400);
    post("/runs/{id}/budget", "/runs/r9/budget", "{\"llm-calls\":1}", 404);
    post("/runs/{id}/budget", "/runs/done/budget", "{\"llm-calls\":1}", 409);
    post("/runs/{id}/budget", "/runs/r1/budget", big, 413);
    post("/runs/{id}/stop", "/runs/jvm/stop?dryRun=true", "{}", 200);
    post("/runs/{id}/stop", "/runs/r1/stop", "{\"reason\":7}", 400);
    post("/runs/{id}/stop", "/runs/r1/stop", big, 413);
    post("/runs/{id}/stop", "/runs/r9/stop", "{}", 404);
    post("/runs/{id}/stop", "/runs/done/stop", "{}", 409);
    post("/runs/{id}/stop", "/runs/r1/stop", "{\"reason\":\"enough\"}", 202);
    post("/runs/{id}/stop", "/runs/r1/stop", "", 200);
    post("/runs/{id}/stop", "/runs/r2/stop?wait=1ms", "{\"reason\":null,\"force\":null}", 202);
    get("/runs/{id}/report", "/runs/r1/report", 200);
    get("/runs", "/runs", 200);
    get("/coverage", "/coverage", 200);
    get("/coverage", "/coverage?x=1", 400);
    get("/metrics", "/metrics", 200);
    get("/metrics", "/metrics?x=1", 400);
    get("/openapi.json", "/openapi.json", 200);
    get("/openapi.json", "/openapi.json?x=1", 400);
    get("/events", "/events?x=1", 400);
    answered("get", "/events", "HEAD", "/events", 200);
    foreign();
    TreeSet<String> described = new TreeSet<>();
    paths.forEach(
        (path, operations) ->
            ((Map<?, ?>) operations)
                .forEach(
                    (method, operation) -> {
                      if (!method.equals("parameters")) {
                        ((Map<?, ?>) ((Map<?, ?>) operation).get("responses"))
                            .keySet()
                            .forEach(status -> described.add(method + " " + path + " " + status));
                      }
                    }));
    described.removeIf(each -> NOT_ASKED_FOR.stream().anyMatch(each::endsWith));
    assertEquals(described, asked);
  }

  /** Who comes from elsewhere gets 403 and 421 from every route that has them. */
  private void foreign() throws Exception {
    for (Object path : paths.keySet()) {
      Map<?, ?> operations = (Map<?, ?>) paths.get(path);
      for (String method : List.of("get", "post")) {
        if (operations.get(method) instanceof Map<?, ?> operation) {
          String target = path.toString().replace("{id}", "r1");
          Map<?, ?> described = (Map<?, ?>) operation.get("responses");
          if (described.containsKey("403")) {
            assertEquals(403, raw(method, target, "Host: localhost", "Origin: http://evil.test"));
            asked.add(method + " " + path + " 403");
          }
          if (described.containsKey("421")) {
            assertEquals(421, raw(method, target, "Host: evil.test"));
            asked.add(method + " " + path + " 421");
          }
        }
      }
    }
  }

  private int raw(String method, String target, String... headers) throws Exception {
    try (Wire wire = new Wire(door.uri("/"))) {
      wire.send(
          method.toUpperCase(java.util.Locale.ROOT) + " " + target + " HTTP/1.1",
          String.join("\r\n", headers) + "\r\nContent-Length: 0");
      return wire.status();
    }
  }

  private void get(String path, String target, int status) throws Exception {
    answered("get", path, "GET", target, status);
  }

  private void post(String path, String target, String body, int status) throws Exception {
    HttpRequest.Builder request =
        door.request(target).POST(HttpRequest.BodyPublishers.ofString(body));
    check("post", path, status, door.send(request));
  }

  private void answered(String operation, String path, String method, String target, int status)
      throws Exception {
    HttpRequest.Builder request =
        door.request(target).method(method, HttpRequest.BodyPublishers.noBody());
    check(operation, path, status, door.send(request));
  }

  private void check(String operation, String path, int status, Door.Reply reply) {
    String what = operation + " " + path + " " + status;
    assertEquals(status, reply.status(), () -> what + ": " + reply.body());
    asked.add(what);
    Map<?, ?> described =
        (Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) paths.get(path)).get(operation)).get("responses");
    Map<?, ?> answer = (Map<?, ?>) described.get(Integer.toString(status));
    assertNotNull(answer, () -> what + " is not described");
    if (answer.get("$ref") != null) {
      answer = schema.resolved(answer.get("$ref"));
    }
    Map<?, ?> content = (Map<?, ?>) answer.get("content");
    String type = reply.header("Content-Type").replaceFirst(";.*", "");
    assertTrue(content.containsKey(type), () -> what + " is " + type + ", not " + content.keySet());
    if (answer.get("headers") instanceof Map<?, ?> headers) {
      headers.keySet().forEach(name -> assertTrue(!reply.header(name.toString()).isEmpty(), what));
    }
    if (type.endsWith("json")) {
      Object wanted = ((Map<?, ?>) content.get(type)).get("schema");
      assertEquals(List.of(), schema.problems(wanted, reply.json()), what);
    }
  }
}
