package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tools behind the Model Context Protocol, called by the official SDK's client over HTTP. */
class McpIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OLDEST = "mcp-0.16.0";
  private static final String NEWEST = "mcp-2.1.0";
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server that answers everything; tools once {@code answers} is open. */
  private static void serve(String key, CountDownLatch answers) {
    provider.answering(
        key,
        call -> {
          if (!call.method().equals("POST")) {
            call.answer(405, "text/plain", "");
            return;
          }
          JsonNode request = read(call.body());
          String method = request.path("method").asText();
          String result =
              switch (method) {
                case "initialize" ->
                    "{\"protocolVersion\":\"2025-03-26\",\"capabilities\":{\"tools\":{}},"
                        + "\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}";
                case "tools/call" -> {
                  await(answers);
                  yield "{\"content\":[{\"type\":\"text\",\"text\":\"42\"}],\"isError\":false}";
                }
                default -> "";
              };
          if (result.isEmpty()) {
            call.answer(202, "text/plain", "");
          } else {
            String id = request.path("id").toString();
            call.answer(
                200,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}");
          }
        });
  }

  private static void await(CountDownLatch answers) {
    try {
      answers.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Work call(Jvm jvm, String key, int times) {
    String base = provider.url(key).substring(0, provider.url(key).lastIndexOf('/'));
    return jvm.start(McpApp.class, key, base, '/' + key, String.valueOf(times));
  }

  private static List<JsonNode> told(String key, String method) {
    return provider.arrivals(key).stream()
        .filter(call -> call.method().equals("POST"))
        .map(Arrival::body)
        .map(McpIT::read)
        .filter(message -> message.path("method").asText().equals(method))
        .toList();
  }

  @Scenario(libraries = {NEWEST, OLDEST})
  void aStopTellsTheServerAndFreesTheCaller(Setting setting) {
    String control = Setting.unique("control");
    serve(control, new CountDownLatch(0));
    assertEquals("2", call(setting.withoutBelay(), control, 2).result());
    assertEquals(0, told(control, "notifications/cancelled").size());

    Jvm belay = setting.withBelay();
    String run = Setting.unique("mcp");
    CountDownLatch never = new CountDownLatch(1);
    serve(run, never);
    Work work = call(belay, run, 2);
    Await.until("the tool was called", () -> !told(run, "tools/call").isEmpty());
    belay.stop(run);
    assertTrue(
        work.thrown().has("io.belay.api.RunStoppedException"), () -> work.thrown().toString());
    Await.until("the server was told", () -> !told(run, "notifications/cancelled").isEmpty());
    JsonNode id = told(run, "tools/call").get(0).path("id");
    JsonNode cancelled = told(run, "notifications/cancelled").get(0).path("params");
    assertEquals(id, cancelled.path("requestId"));
    assertTrue(cancelled.path("reason").asText().contains(run), cancelled::toString);
    assertEquals(1, told(run, "tools/call").size());
    never.countDown();
    JsonNode report = belay.control().report(run);
    boolean found = false;
    for (JsonNode inFlight : report.path("inFlight")) {
      if (inFlight.path("kind").asText().equals("tool")) {
        assertEquals("lookUp", inFlight.path("target").asText());
        assertEquals("unknown", inFlight.path("outcome").asText(), "nobody knows what it did");
        found = true;
      }
    }
    assertTrue(found, report::toPrettyString);
  }

  /** Over standard input and output, where the thread that brings an answer is the client's own. */
  @Scenario(libraries = {NEWEST, OLDEST})
  void whatHangsOnAnAnswerIsItsRuns(Setting setting) {
    String control = Setting.unique("control");
    Jvm untouched = setting.withoutBelay();
    untouched.cue(control, "go on");
    assertEquals("5", untouched.start(AsyncMcpApp.class, control, control, "5").result());
    untouched.start(AsyncMcpApp.class, control, control, "0").result();

    Jvm belay = setting.withBelay();
    String first = Setting.unique("first"); // It makes the client.
    belay.cue(first, "go on");
    assertEquals("1", belay.start(AsyncMcpApp.class, first, first, "1").result());
    String run = Setting.unique("repeated");
    belay.cue(run, "go on");
    assertEquals("5", belay.start(AsyncMcpApp.class, run, run, "5").result());
    assertEquals(5, belay.control().run(run).path("usage").path("toolCalls").asInt());

    String stopped = Setting.unique("stopped");
    Work work = belay.start(AsyncMcpApp.class, stopped, stopped, "5");
    belay.awaitMoment(stopped, "answered");
    belay.stop(stopped);
    belay.cue(stopped, "go on");
    assertTrue(
        work.thrown().has("io.belay.api.RunStoppedException"), () -> work.thrown().toString());
    assertEquals(1, belay.control().run(stopped).path("usage").path("toolCalls").asInt());
    belay.start(AsyncMcpApp.class, first + "-end", first, "0").result();
  }

  /** The threads of its transport serve whoever comes, whichever run has made it. */
  @Scenario(libraries = {NEWEST, OLDEST})
  void aClientOutlivesTheStopOfTheRunThatMadeIt(Setting setting) {
    Jvm belay = setting.withBelay();
    String maker = Setting.unique("maker");
    belay.cue(maker, "go on");
    assertEquals("1", belay.start(AsyncMcpApp.class, maker, maker, "1").result());
    belay.stop(maker);
    String alive = belay.control().get("/runs/" + maker + "/report").path("alive").toString();
    assertFalse(alive.contains("StdioClientTransport"), alive);
    String run = Setting.unique("user");
    belay.cue(run, "go on");
    assertEquals("3", belay.start(AsyncMcpApp.class, run, run, "3").result());
    belay.start(AsyncMcpApp.class, run + "-end", run, "0").result();
  }

  @Scenario(libraries = NEWEST)
  void itsCallsAreCountedAsToolsAndLimited(Setting setting) {
    Jvm belay = setting.withBelay("belay.budget.tool-calls=3");
    String run = Setting.unique("tools");
    serve(run, new CountDownLatch(0));
    Work work = call(belay, run, 7);
    assertTrue(
        work.thrown().has("io.belay.api.BudgetExceededException"), () -> work.thrown().toString());
    assertEquals(3, told(run, "tools/call").size());
    assertEquals(3, belay.control().run(run).path("usage").path("toolCalls").asInt());
  }
}
