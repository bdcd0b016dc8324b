package io.belay.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.run.Clock;
import io.belay.agent.run.Kind;
import io.belay.agent.run.Policy;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who must reach nothing. */
class GuardTest {
  @Test
  void aNameThatSomebodyElseCanOwnIsNoHost() throws Exception {
    try (Door door = new Door()) {
      door.agent("r1", Kind.COMMIT, "COMMIT");
      String port = ":" + door.uri("/").getPort();
      for (String host :
          List.of(
              "evil.example",
              "evil.example" + port,
              "127.0.0.1.evil.example",
              "localhost.evil.org",
              "10.0.0.1" + port,
              "[::2]" + port,
              "127.0.0.1@evil.example",
              "127.0.0.1" + port + ".evil.example",
              "localhost" + port + "@evil.example",
              "127.0.0.1" + port + ", evil.example",
              "")) {
        assertEquals(421, stop(door, "Host: " + host), host);
      }
      assertEquals("running", door.get("/runs/r1").object().get("status"));
      for (String host :
          List.of(
              "localhost",
              "LocalHost" + port,
              "127.0.0.1" + port,
              "[::1]" + port,
              "127.9.9.9:80")) {
        assertEquals(200, request(door, "GET /runs/r1", "Host: " + host), host);
      }
    }
  }

  @Test
  void pagesOfOtherSitesReachNothing() throws Exception {
    try (Door door = new Door()) {
      door.agent("r1", Kind.COMMIT, "COMMIT");
      String host = "Host: localhost:7070";
      for (String origin :
          List.of(
              "http://evil.example",
              "null",
              "https://localhost:7070",
              "http://localhost",
              "http://localhost:8080",
              "http://localhost:7070.evil.example",
              "")) {
        assertEquals(403, stop(door, host, "Origin: " + origin), origin);
      }
      for (String site : List.of("cross-site", "same-site")) {
        assertEquals(403, stop(door, host, "Sec-Fetch-Site: " + site), site);
        assertEquals(403, request(door, "GET /events", host, "Sec-Fetch-Site: " + site), site);
      }
      assertEquals("running", door.get("/runs/r1").object().get("status"));
      assertEquals(
          202, stop(door, host, "Origin: http://localhost:7070", "Sec-Fetch-Site: same-origin"));
    }
  }

  @Test
  void noAnswerAllowsAnotherSiteToReadIt() throws Exception {
    try (Door door = new Door();
        Wire wire = new Wire(door.uri("/"))) {
      wire.send("OPTIONS /runs HTTP/1.1", "Host: localhost", "Access-Control-Request-Method: GET");
      assertEquals(405, wire.status());
      String head = wire.head();
      assertFalse(head.contains("access-control-allow"), head);
      assertTrue(head.contains("cross-origin-resource-policy: same-origin"), head);
      assertTrue(head.contains("x-content-type-options: nosniff"), head);
    }
  }

  @Test
  void aTokenIsAskedForWhereThereIsData() throws Exception {
    try (Door door = new Door("s3cret")) {
      for (String path : List.of("/runs", "/runs/jvm", "/events", "/metrics", "/coverage")) {
        for (String given :
            List.of("", "Basic s3cret", "Bearer wrong", "Bearer s3cret2", "Bearer")) {
          Door.Reply reply =
              door.send(
                  given.isEmpty()
                      ? java.net.http.HttpRequest.newBuilder(door.uri(path))
                      : java.net.http.HttpRequest.newBuilder(door.uri(path))
                          .header("Authorization", given));
          String detail = reply.problem(401);
          assertFalse(detail.contains("s3cret"), detail);
          assertTrue(reply.header("WWW-Authenticate").startsWith("Bearer"));
        }
      }
      assertEquals(401, stop(door, "Host: localhost"));
      assertEquals(200, door.get("/runs").status());
      assertEquals(200, request(door, "GET /openapi.json", "Host: localhost"));
    }
  }

  @Test
  void withoutATokenNothingListensOffLoopback() throws Exception {
    for (String bind : List.of("0.0.0.0", "::")) {
      String told =
          assertThrows(ControlException.class, () -> new HttpOptions(0, bind, "").address())
              .getMessage();
      assertTrue(told.contains("belay.http.token"), told);
      assertFalse(told.contains("\n"));
      assertEquals(0, new HttpOptions(0, bind, "x").address().getPort());
    }
    assertFalse(new HttpOptions(7070, "127.0.0.1", "s3cret").toString().contains("s3cret"));
    assertThrows(
        ControlException.class, () -> new HttpOptions(0, "no.such.host.invalid", "x").address());
  }

  @Test
  void headersAndAddressesAreBounded() throws Exception {
    try (Door door = new Door()) {
      assertEquals(
          431, request(door, "GET /runs", "Host: localhost", "X-Big: " + "x".repeat(20_000)));
      assertEquals(414, request(door, "GET /runs/" + "x".repeat(3000), "Host: localhost"));
      assertEquals(400, request(door, "GET /runs", "Host: localhost", "Host: 127.0.0.1"));
      assertEquals(200, request(door, "GET /runs", "Host: localhost"));
    }
  }

  @Test
  void aFloodOfQuestionsDoesNotDrownAStop() throws Exception {
    Hand hand = new Hand();
    Rate questions = new Rate(hand);
    for (int i = 0; i < 2 * Rate.PER_SECOND; i++) {
      questions.take();
    }
    Problem refused = assertThrows(Problem.class, questions::take);
    assertEquals(429, refused.answer("/runs").status());
    assertEquals("1", refused.answer("/runs").headers().get("Retry-After"));
    hand.nanos += 1_000_000;
    questions.take();
    assertThrows(Problem.class, questions::take);
    // Commands are counted apart. No second passes here: a slow machine would never ask too often.
    try (Door door = new Door("", Policy.defaults(), hand)) {
      door.agent("r1", Kind.COMMIT, "COMMIT");
      try (Wire wire = new Wire(door.uri("/"))) {
        int answered = 0;
        while (answered != 429) {
          wire.send("HEAD /openapi.json HTTP/1.1", "Host: localhost");
          answered = wire.status();
          wire.head();
        }
      }
      assertEquals(202, stop(door, "Host: localhost"));
    }
  }

  @Test
  void aCallerThatStopsHalfwayDoesNotHoldAThread() throws Exception {
    try (Door door = new Door();
        Wire silent = new Wire(door.uri("/"))) {
      silent.send("POST /runs/jvm/stop HTTP/1.1", "Host: localhost", "Content-Length: 10");
      // The end of the connection, not an answer; the watch has cut it.
      assertEquals(null, silent.line());
      assertEquals("running", door.get("/runs/jvm").object().get("status"));
    }
  }

  private static final class Hand implements Clock {
    long nanos;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }
  }

  private static int stop(Door door, String... headers) throws IOException {
    return request(door, "POST /runs/r1/stop", headers);
  }

  private static int request(Door door, String line, String... headers) throws IOException {
    try (Wire wire = new Wire(door.uri("/"))) {
      String length = line.startsWith("POST") ? "\r\nContent-Length: 0" : "";
      wire.send(line + " HTTP/1.1", String.join("\r\n", headers) + length);
      return wire.status();
    }
  }
}
