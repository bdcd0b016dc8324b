package io.belay.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.run.Kind;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The door itself, and what it tells of this JVM as a whole. */
class HttpControlTest {
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
  void bodiesAreBounded() throws Exception {
    door.agent("r1", Kind.COMMIT, "COMMIT");
    String big = "{\"reason\":\"" + "x".repeat(Server.LARGEST_BODY) + "\"}";
    assertTrue(door.post("/runs/r1/stop", big).problem(413).contains("bytes at most"));
    assertEquals("running", door.get("/runs/r1").object().get("status"));
  }

  @Test
  void otherMethodsAreRefusedWithTheAllowedOnes() throws Exception {
    Door.Reply get = door.get("/runs/r1/stop");
    get.problem(405);
    assertEquals("POST", get.header("Allow"));
    Door.Reply delete = door.send(door.request("/runs").DELETE());
    delete.problem(405);
    assertEquals("GET, HEAD", delete.header("Allow"));
    assertTrue(door.get("/nothing").problem(404).contains("/openapi.json"));
    assertTrue(door.get("/runs/").problem(404).contains("no run"));
  }

  /** Whatever the JDK's server hands on is answered by us. */
  @Test
  void anyOtherAddressIsAProblem() throws Exception {
    for (String target :
        List.of(
            "/RUNS",
            "/runs//",
            "/runs/..",
            "/runs/%00",
            "/%2e%2e/runs",
            "/runs/%c3%28",
            "/runs?status=%ff",
            "/runs?x",
            "/runs;x=1",
            "http://localhost/none")) {
      try (Wire wire = new Wire(door.uri("/"))) {
        wire.send("GET " + target + " HTTP/1.1", "Host: localhost");
        int status = wire.status();
        assertTrue(status == 404 || status == 400, target + " is answered " + status);
        String head = wire.head();
        assertTrue(head.contains("content-type: application/problem+json"), target + ": " + head);
      }
    }
  }

  /** Requests that the JDK's server refuses by itself never come to us; see the README. */
  @Test
  void whatIsNoRequestAtAllIsRefusedAndRepeatsNothing() throws Exception {
    door.agent("r1", Kind.COMMIT, "COMMIT");
    String host = "Host: localhost";
    for (List<String> lines :
        List.of(
            List.of("POST //runs?s3cret HTTP/1.1", host, "Content-Length: 0"),
            List.of("POST * HTTP/1.1", host, "Content-Length: 0"),
            List.of("POST /runs/r1/stop?s3cret=%ZZ HTTP/1.1", host, "Content-Length: 0"),
            List.of("POST /runs/r1/stop HTTP/1.1", host, "Content-Length: s3cret"),
            List.of("POST /runs/r1/stop HTTP/1.1", host, "Transfer-Encoding: s3cret"),
            List.of("s3cret"))) {
      try (Wire wire = new Wire(door.uri("/"))) {
        wire.send(lines.toArray(String[]::new));
        int status = wire.status();
        assertTrue(status == 400 || status == 404 || status == 501, lines + ": " + status);
        StringBuilder rest = new StringBuilder(wire.head());
        for (String line = wire.line(); line != null; line = wire.line()) {
          rest.append(line);
        }
        assertFalse(rest.toString().contains("s3cret"), rest::toString);
      }
    }
    assertEquals("running", door.get("/runs/r1").object().get("status"));
  }

  @Test
  void nothingChangesByGetOrHead() throws Exception {
    door.agent("r1", Kind.COMMIT, "COMMIT");
    for (String method : List.of("GET", "HEAD", "OPTIONS", "PUT")) {
      door.send(door.request("/runs/r1/stop").method(method, HttpRequest.BodyPublishers.noBody()));
    }
    assertEquals("running", door.get("/runs/r1").object().get("status"));
  }

  @Test
  void headIsAnsweredLikeGetWithoutTheBody() throws Exception {
    Door.Reply get = door.get("/runs/jvm");
    Door.Reply head =
        door.send(door.request("/runs/jvm").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertEquals(200, head.status());
    assertEquals("", head.body());
    assertEquals(get.header("Content-Type"), head.header("Content-Type"));
    assertEquals(get.header("Content-Length"), head.header("Content-Length"));
    Door.Reply events =
        door.send(door.request("/events").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertTrue(events.header("Content-Type").startsWith("text/event-stream"));
  }

  @Test
  void metricsAreCounted() throws Exception {
    Door.Agent agent = door.agent("r1", Kind.COMMIT, "COMMIT");
    door.completed("r2");
    String before = door.get("/metrics").body();
    assertTrue(before.contains("belay_runs{status=\"running\"} 2\n"), before);
    assertTrue(before.contains("belay_calls_in_flight{kind=\"commit\"} 1\n"), before);
    assertTrue(before.contains("belay_runs_ended_total{status=\"completed\"} 1\n"), before);
    assertTrue(before.contains("belay_runs_begun_total 2\n"), before);
    for (String line : before.split("\n")) {
      assertTrue(
          line.matches("# (HELP|TYPE) belay_\\w+ .+|belay_\\w+(\\{[^}]+})? [0-9.E-]+"), line);
    }
    door.post("/runs/r1/stop", "");
    agent.finish();
    door.post("/runs/r1/stop?wait=60s", "");
    String after = door.get("/metrics").body();
    assertTrue(after.contains("belay_runs_ended_total{status=\"stopped\"} 1\n"), after);
    assertTrue(after.contains("belay_calls_in_flight{kind=\"commit\"} 0\n"), after);
  }

  @Test
  void coverageListsTheSitesWithTheirHits() throws Exception {
    door.agent("r1", Kind.COMMIT, "COMMIT");
    List<?> rows = (List<?>) door.get("/coverage").object().get("covered");
    Map<?, ?> row = (Map<?, ?>) rows.get(rows.size() - 1);
    assertEquals("test", row.get("boundary"));
    assertEquals("Test#r1", row.get("site"));
    assertEquals(1L, row.get("hits"));
    assertEquals(List.of(), door.get("/coverage").object().get("missed"));
  }

  @Test
  void theDescriptionNamesExactlyWhatIsAnswered() throws Exception {
    Map<?, ?> paths = (Map<?, ?>) door.get("/openapi.json").object().get("paths");
    TreeSet<String> described = new TreeSet<>();
    paths.forEach(
        (path, operations) ->
            ((Map<?, ?>) operations)
                .keySet().stream()
                    .filter(key -> Set.of("get", "post", "put", "delete").contains(key))
                    .forEach(
                        method -> described.add(method.toString().toUpperCase() + " " + path)));
    described.add("GET /"); // The page is for people.
    TreeSet<String> answered = new TreeSet<>(door.control.routes());
    assertEquals(answered, described);
  }

  @Test
  void aPortInUseIsOneClearLine() {
    int port = door.uri("/").getPort();
    HttpControl second =
        new HttpControl(
            new HttpOptions(port, "127.0.0.1", ""),
            door.runs,
            Budgets.NONE,
            () -> Coverage.of(door.runs.gatekeeper().sites()),
            door.journal());
    ControlException refused = assertThrows(ControlException.class, second::start);
    assertTrue(refused.getMessage().contains("choose another port"), refused.getMessage());
    assertTrue(refused.getMessage().contains(Integer.toString(port)));
    assertFalse(refused.getMessage().contains("\n"));
    assertEquals("", second.address());
  }

  @Test
  void closingFreesThePort() throws Exception {
    int port = door.uri("/").getPort();
    door.control.close();
    HttpControl next =
        new HttpControl(
            new HttpOptions(port, "127.0.0.1", ""),
            door.runs,
            Budgets.NONE,
            () -> Coverage.of(door.runs.gatekeeper().sites()),
            door.journal());
    next.start();
    next.close();
  }

  @Test
  void serverThreadsAreDaemonsOfOurs() throws Exception {
    door.get("/runs");
    List<Thread> ours =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().matches("belay-.*|HTTP-Dispatcher"))
            .toList();
    assertTrue(ours.size() >= 3, ours.toString());
    assertEquals(List.of(), ours.stream().filter(thread -> !thread.isDaemon()).toList());
  }
}
