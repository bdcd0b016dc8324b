package io.belay.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.run.Kind;
import io.belay.agent.run.Run;
import io.belay.api.Reason;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every request about a run, answered by a real server over runs of this JVM. */
class RunRoutesTest {
  private Door door;

  @BeforeEach
  void open() throws Exception {
    door = new Door();
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void aRunIsShownWithTheMembersOfTheContract() throws Exception {
    door.agent("r1", Kind.COMMIT, "COMMIT");
    Map<String, Object> run = door.get("/runs/r1").object();
    assertEquals(
        List.of(
            "id",
            "parent",
            "name",
            "status",
            "reason",
            "startedAt",
            "stoppedAt",
            "endedAt",
            "origin",
            "usage",
            "budget",
            "remaining",
            "inFlight",
            "children"),
        List.copyOf(run.keySet()));
    assertEquals("r1", run.get("id"));
    assertEquals("jvm", run.get("parent"));
    assertEquals("name of r1", run.get("name"));
    assertEquals("running", run.get("status"));
    assertEquals("api", run.get("origin"));
    assertNull(run.get("reason"));
    assertNull(run.get("stoppedAt"));
    assertNotNull(Instant.parse((String) run.get("startedAt")));
    assertEquals(
        Set.of(
            "inputTokens",
            "outputTokens",
            "cacheReadTokens",
            "cacheWriteTokens",
            "costUsd",
            "llmCalls",
            "toolCalls",
            "estimated"),
        ((Map<?, ?>) run.get("usage")).keySet());
    Map<?, ?> call = (Map<?, ?>) ((List<?>) run.get("inFlight")).get(0);
    assertEquals(
        Set.of("kind", "target", "runId", "startedAt", "outcome", "status"), call.keySet());
    assertEquals("commit", call.get("kind"));
    assertEquals("COMMIT", call.get("target"));
    assertEquals("in-flight", call.get("outcome"));
    assertNull(call.get("status"));
  }

  @Test
  void allRunsAreListedTheRootFirst() throws Exception {
    door.agent("r1", Kind.COMMIT, "COMMIT");
    door.completed("r2");
    List<Map<String, Object>> runs = door.get("/runs").list();
    assertEquals(List.of("jvm", "r1", "r2"), runs.stream().map(run -> run.get("id")).toList());
    assertEquals(List.of("r1", "r2"), runs.get(0).get("children"));
    assertEquals("completed", runs.get(2).get("status"));
    assertNotNull(runs.get(2).get("endedAt"));
    assertEquals(List.of("r2"), ids(door.get("/runs?status=completed,failed")));
    assertEquals(List.of("r1", "r2"), ids(door.get("/runs?parent=jvm")));
    assertEquals(List.of("r1"), ids(door.get("/runs?parent=jvm&status=running")));
    assertTrue(door.get("/runs?status=gone").problem(400).contains("running, stopping"));
    assertTrue(door.get("/runs?statsu=running").problem(400).contains("known: status, parent"));
    assertTrue(door.get("/runs?status=running&status=failed").problem(400).contains("twice"));
  }

  private static List<Object> ids(Door.Reply reply) {
    return reply.list().stream().map(run -> run.get("id")).toList();
  }

  @Test
  void aStopIsAcknowledgedWith202AndRepeatedWith200() throws Exception {
    Door.Agent agent = door.agent("r1", Kind.COMMIT, "COMMIT");
    Door.Reply first = door.post("/runs/r1/stop", "{\"reason\":\"enough\"}");
    assertEquals(202, first.status());
    assertEquals("stopping", first.object().get("status"));
    assertEquals("USER", first.object().get("reason"));
    assertNotNull(Instant.parse((String) first.object().get("stoppedAt")));
    Door.Reply second = door.post("/runs/r1/stop", "");
    assertEquals(200, second.status());
    assertEquals("stopping", second.object().get("status"));

    Map<?, ?> stop = (Map<?, ?>) door.get("/runs/r1/report").object().get("stop");
    assertEquals("http 127.0.0.1", stop.get("by"));
    assertEquals("enough", stop.get("text"));
    assertEquals("USER", stop.get("reason"));
    agent.finish();
    Door.Reply third = door.post("/runs/r1/stop?wait=60s", "");
    assertEquals(200, third.status());
    assertEquals("stopped", ((Map<?, ?>) third.object().get("run")).get("status"));
  }

  @Test
  void twoClientsStoppingAtOnceBothSucceedAndItsSubscriberIsToldOnce() throws Exception {
    door.agent("r1", Kind.COMMIT, "COMMIT");
    AtomicInteger told = new AtomicInteger();
    door.runs.find("r1").onStop(event -> told.incrementAndGet());
    HttpRequest stop =
        door.request("/runs/r1/stop").POST(HttpRequest.BodyPublishers.noBody()).build();
    List<CompletableFuture<Integer>> both =
        List.of(1, 2).stream()
            .map(
                n ->
                    door.client
                        .sendAsync(stop, java.net.http.HttpResponse.BodyHandlers.discarding())
                        .thenApply(java.net.http.HttpResponse::statusCode))
            .toList();
    TreeSet<Integer> statuses = new TreeSet<>();
    both.forEach(reply -> statuses.add(reply.join()));
    assertEquals(Set.of(200, 202), statuses);
    Door.await("its subscriber is told, within a bound", () -> told.get() > 0);
    assertEquals(1, told.get(), "once");
  }

  @Test
  void ofManyWhoStopItOneDidAndTheOthersAreToldSo() throws Exception {
    door.agent("r1", Kind.COMMIT, "COMMIT");
    HttpRequest stop =
        door.request("/runs/r1/stop")
            .header("Idempotency-Key", "k-1")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    List<CompletableFuture<Integer>> all =
        java.util.stream.IntStream.range(0, 50)
            .mapToObj(
                n ->
                    door.client
                        .sendAsync(stop, java.net.http.HttpResponse.BodyHandlers.discarding())
                        .thenApply(java.net.http.HttpResponse::statusCode))
            .toList();
    List<Integer> statuses = all.stream().map(CompletableFuture::join).sorted().toList();
    assertEquals(202, statuses.get(49));
    assertEquals(List.copyOf(java.util.Collections.nCopies(49, 200)), statuses.subList(0, 49));
  }

  @Test
  void waitingAnswersWithTheReport() throws Exception {
    Door.Agent agent = door.agent("r1", Kind.COMMIT, "COMMIT");
    Map<String, Object> unquiet = door.post("/runs/r1/stop?wait=1ms", "{}").object();
    assertTrue(unquiet.containsKey("quietAfterMs"));
    assertNull(unquiet.get("quietAfterMs"), "the call is still going on");
    assertEquals("in-flight", outcome(unquiet));
    agent.finish();
    Map<String, Object> quiet = door.post("/runs/r1/stop?wait=60s", "{}").object();
    assertEquals(
        List.of(
            "run",
            "stop",
            "quietAfterMs",
            "refused",
            "inFlight",
            "rolledBack",
            "compensations",
            "usageAtStop",
            "usageAfterStop",
            "savedEstimateUsd",
            "alive"),
        List.copyOf(quiet.keySet()));
    assertTrue((Long) quiet.get("quietAfterMs") >= 0);
    assertEquals("completed", outcome(quiet));
    assertEquals(quiet, door.get("/runs/r1/report").object());
  }

  private static Object outcome(Map<String, Object> report) {
    return ((Map<?, ?>) ((List<?>) report.get("inFlight")).get(0)).get("outcome");
  }

  @Test
  void whatIsStillAliveIsShownWithItsStack() throws Exception {
    Door.Agent agent = door.agent("r1", Kind.COMMIT, "COMMIT");
    assertEquals(202, door.post("/runs/r1/stop?wait=1ms", "{}").status());
    // It has begun a moment before it waits.
    Door.await(
        "its stack says that it waits",
        () -> alive(agent).get("stack").toString().contains("LinkedBlockingQueue.take"));
  }

  private Map<?, ?> alive(Door.Agent agent) {
    try {
      Map<String, Object> report = door.get("/runs/" + agent.id + "/report").object();
      Map<?, ?> alive = (Map<?, ?>) ((List<?>) report.get("alive")).get(0);
      assertEquals(agent.thread.getName(), alive.get("thread"));
      return alive;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aDryRunTellsWhatWouldBeStoppedAndStopsNothing() throws Exception {
    door.agent("r1", Kind.COMMIT, "COMMIT");
    door.agent("r2", Kind.LLM, "POST https://llm.test/v1/chat/completions");
    Door.Reply reply = door.post("/runs/jvm/stop?dryRun=true", "{}");
    assertEquals(200, reply.status());
    Map<String, Object> preview = reply.object();
    assertEquals(Set.of("jvm", "r1", "r2"), Set.copyOf((List<?>) preview.get("runs")));
    assertEquals(Map.of("commit", 1L, "llm", 1L), preview.get("calls"));
    for (Object planned : (List<?>) preview.get("inFlight")) {
      Map<?, ?> call = (Map<?, ?>) planned;
      boolean llm = call.get("kind").equals("llm");
      assertEquals(llm ? "abort" : "wait", call.get("then"));
      assertEquals(llm ? 0L : null, call.get("graceMs"));
    }
    assertEquals("running", door.get("/runs/r1").object().get("status"));
    assertTrue(door.post("/runs/r1/stop?dryrun=true", "").problem(400).contains("dryRun"));
    assertEquals("running", door.get("/runs/r1").object().get("status"));
  }

  @Test
  void aRunThatEndedByItselfCannotBeStopped() throws Exception {
    door.completed("r1");
    assertTrue(door.post("/runs/r1/stop", "{}").problem(409).contains("completed"));
    assertTrue(door.post("/runs/r1/stop?dryRun=true", "{}").problem(409).contains("completed"));
    assertTrue(door.get("/runs/r1/report").problem(409).contains("not stopped"));
    assertTrue(door.post("/runs/r1/budget", "{\"time\":1}").problem(409).contains("completed"));
  }

  @Test
  void unknownRunsAreNotFound() throws Exception {
    for (String path : List.of("/runs/r9", "/runs/r9/report", "/runs/%E2%98%83", "/runs/a%2Fb")) {
      assertTrue(door.get(path).problem(404).contains("no run"), path);
    }
    assertTrue(door.post("/runs/r9/stop", "").problem(404).contains("no run"));
    assertTrue(door.post("/runs/r9/budget", "{\"time\":1}").problem(404).contains("no run"));
  }

  @Test
  void idsArePercentDecoded() throws Exception {
    door.completed("a~b:c.d");
    assertEquals("a~b:c.d", door.get("/runs/a%7Eb%3Ac.d").object().get("id"));
    assertEquals("a~b:c.d", door.get("/runs/a~b:c.d").object().get("id"));
    assertTrue(door.get("/runs/%2E%2E").problem(404).contains("no run"));
    assertTrue(door.get("/runs/%00").problem(404).contains("no run"));
    assertTrue(door.get("/runs/x/y/z").problem(404).contains("/openapi.json"));
    assertTrue(door.get("/Runs").problem(404).contains("/openapi.json"));
    assertTrue(door.get("/runs/%FF").problem(400).contains("UTF-8"));
  }

  @Test
  void aForcedStopIsRememberedAsSuch() throws Exception {
    Door.Agent agent = door.agent("r1", Kind.HTTP, "POST https://api.test/charges");
    assertEquals(202, door.post("/runs/r1/stop", "{}").status());
    assertEquals(200, door.post("/runs/r1/stop", "{\"force\":true}").status());
    Door.await(
        "the abort of a write in its grace period",
        () -> door.runs.find("r1").calls().get(0).outcome().toString().equals("unknown"));
    agent.finish();
  }

  @Test
  void malformedJsonIsAnsweredWithItsPosition() throws Exception {
    door.agent("r1", Kind.COMMIT, "COMMIT");
    String detail = door.post("/runs/r1/stop", "{\n  \"reason\": oops}").problem(400);
    assertTrue(detail.contains("line 2, column 1"), detail);
    for (Map.Entry<String, String> bad :
        Map.of(
                "[]",
                "must be a JSON object",
                "{\"reason\":1}",
                "\"reason\" must be a string",
                "{\"force\":\"yes\"}",
                "\"force\" must be true or false",
                "{\"resaon\":\"x\"}",
                "unknown member \"resaon\"; known: reason, force",
                "{\"reason\":{}}",
                "must be a plain value",
                "{} {}",
                "something follows the JSON object at line 1",
                "{\"force\":true,\"force\":false}",
                "line 1",
                "{\"reason\":\"" + "x".repeat(1001) + "\"}",
                "1000 characters at most",
                "{\"force\":",
                "line 1, column")
            .entrySet()) {
      String told = door.post("/runs/r1/stop", bad.getKey()).problem(400);
      assertTrue(told.contains(bad.getValue()), bad.getKey() + ": " + told);
    }
    assertEquals("running", door.get("/runs/r1").object().get("status"));
  }

  @Test
  void waitTakesABoundedDuration() throws Exception {
    door.agent("r1", Kind.COMMIT, "COMMIT");
    for (String wait : List.of("", "5", "-1s", "61s", "2m", "1h", "99999999s")) {
      String told = door.post("/runs/r1/stop?wait=" + wait, "").problem(400);
      assertTrue(told.contains("60s at most"), told);
    }
    assertEquals("running", door.get("/runs/r1").object().get("status"));
  }

  @Test
  void limitsOfALiveRunCanBeChanged() throws Exception {
    door.agent("r1", Kind.COMMIT, "COMMIT");
    Door.Reply reply =
        door.post("/runs/r1/budget", "{\"output-tokens\":50000,\"cost-usd\":2.5,\"time\":90000}");
    assertEquals(200, reply.status());
    assertEquals(
        Map.of("output-tokens", 50000L, "cost-usd", 2.5, "time", 90000L),
        reply.object().get("budget"));
    assertEquals(
        Map.of("output-tokens", 50000L, "time", 60000L),
        door.post("/runs/r1/budget", "{\"cost-usd\":null,\"time\":6e4}").object().get("budget"));
    assertTrue(
        door.post("/runs/r1/budget", "{\"tokens\":1}").problem(400).contains("output-tokens"));
    assertTrue(door.post("/runs/r1/budget", "{}").problem(400).contains("name a limit"));
    String jvm = "{\"jvm.output-tokens\":7,\"llm-calls\":3}";
    assertTrue(door.post("/runs/r1/budget", jvm).problem(400).contains("POST /runs/jvm/budget"));
    assertEquals(
        Map.of("jvm.output-tokens", 7L, "llm-calls", 3L),
        door.post("/runs/jvm/budget", jvm).object().get("budget"));
    for (String wrong : List.of("jvm.tokens", "jvm.jvm.time", "jvm.", "outputTokens")) {
      String told = door.post("/runs/jvm/budget", "{\"" + wrong + "\":1}").problem(400);
      assertTrue(told.startsWith("there is no limit \"" + wrong + "\"; there are: input-"), told);
    }
    assertTrue(
        door.post("/runs/jvm/budget", "{\"key.llm-calls\":1}")
            .problem(400)
            .contains("belay.budget.key.*"));
    assertTrue(
        door.post("/runs/r1/budget", "{\"llm-calls\":true}").problem(400).contains("a number"));
    assertTrue(
        door.post("/runs/r1/budget", "{\"llm-calls\":\"many\"}").problem(400).contains("many"));
  }

  @Test
  void aStopByAnotherDoorIsSeenHere() throws Exception {
    Run run = door.runs.find(door.agent("r1", Kind.COMMIT, "COMMIT").id);
    door.runs.stop(run, Reason.DEADLINE, "limit", "time", false);
    Map<String, Object> shown = door.get("/runs/r1").object();
    assertEquals("stopping", shown.get("status"));
    assertEquals("DEADLINE", shown.get("reason"));
    assertEquals(200, door.post("/runs/r1/stop", "").status());
  }
}
