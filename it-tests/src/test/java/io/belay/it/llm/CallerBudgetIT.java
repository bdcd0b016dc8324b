package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Limits of whoever calls a server: told apart by a header, over all its requests in a window. */
class CallerBudgetIT {
  private static final String FROM = "belay.budget.key.from=header:X-Api-Key,query:token";
  private static final String IDS = "belay.run.http.id-from=header:X-Run-Id";
  private static final Duration WINDOW = Duration.ofSeconds(5);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  private static Generator generate(String key, long length) {
    Generator generator = new Generator(Wire.OPENAI, length, "");
    provider.answering(key, generator::answer);
    return generator;
  }

  private static int port(Jvm jvm) {
    return Integer.parseInt(jvm.serve(ChatServer.class).result());
  }

  /** Has the server ask the model, for {@code caller} if there is one. */
  private static CompletableFuture<HttpResponse<String>> later(
      int port, String key, String caller, String run) {
    return later(port, "/chat", key, caller, run);
  }

  private static CompletableFuture<HttpResponse<String>> later(
      int port, String path, String key, String caller, String run) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + path + "?" + provider.url(key) + "/v1"))
            .timeout(Duration.ofSeconds(90));
    if (!caller.isEmpty()) {
      request.header("X-Api-Key", caller);
    }
    return CLIENT.sendAsync(request.header("X-Run-Id", run).build(), BodyHandlers.ofString());
  }

  private static int status(int port, String key, String caller) {
    return later(port, key, caller, Setting.unique("r")).join().statusCode();
  }

  @Scenario
  void aCallerIsLimitedOverAllItsRequestsAndNobodyElseWithIt(Setting setting) {
    String control = Setting.unique("control");
    Generator free = generate(control, 50);
    int open = port(setting.withoutBelay());
    for (int i = 0; i < 4; i++) {
      assertEquals(200, status(open, control, "alice"));
    }
    assertEquals(200, free.output());

    Jvm belay = setting.withBelay(FROM, IDS, "belay.budget.key.output-tokens=120");
    int port = port(belay);
    String key = Setting.unique("alice");
    Generator ledger = generate(key, 50);
    String alice = Setting.unique("alice");
    assertEquals(200, status(port, key, alice));
    assertEquals(200, status(port, key, alice));
    String third = Setting.unique("third");
    assertEquals(499, later(port, key, alice, third).join().statusCode()); // 20 are left.
    assertEquals(100, ledger.output());
    JsonNode stop = belay.control().report(third).path("stop");
    assertEquals("BUDGET", stop.path("reason").asText());
    assertTrue(stop.path("text").asText().contains("key.output-tokens of 120"), stop::toString);
    assertFalse(stop.toString().contains(alice), "a key may be a secret");
    // Its other requests are refused one by one; those of others, and of nobody, are not.
    assertEquals(499, status(port, key, alice));
    assertEquals(200, status(port, key, Setting.unique("bob")));
    for (int i = 0; i < 4; i++) {
      assertEquals(200, status(port, key, ""));
    }
  }

  @Scenario
  void manyRequestsOfOneCallerAtOnceNeverPassItsLimit(Setting setting) {
    Jvm belay = setting.withBelay(FROM, IDS, "belay.budget.key.output-tokens=400");
    int port = port(belay);
    for (int round = 0; round < 5; round++) {
      String caller = Setting.unique("caller");
      Generator ledger = generate(caller, 20);
      List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
      for (int i = 0; i < 48; i++) {
        all.add(later(port, caller, caller, Setting.unique("r")));
      }
      long answered = all.stream().filter(each -> each.join().statusCode() == 200).count();
      assertEquals(ledger.answers(), answered);
      assertTrue(ledger.highest() <= 400, () -> "allowed " + ledger.highest());
      assertTrue(answered > 0);
    }
  }

  @Scenario
  void whatIsLeftIsShownWithTheRunAndIsAllThereAgainInTheNextWindow(Setting setting) {
    Jvm belay =
        setting.withBelay(
            FROM, IDS, "belay.budget.key.output-tokens=120", "belay.budget.key.window=5s");
    int port = port(belay);
    String caller = Setting.unique("caller");
    String first = Setting.unique("first");
    long begun = System.nanoTime();
    CompletableFuture<HttpResponse<String>> asked = later(port, caller, caller, first);
    Arrival call = provider.await(caller);
    JsonNode run = belay.control().run(first);
    assertEquals(120, run.path("budget").path("key.output-tokens").asLong(), run::toPrettyString);
    assertEquals(0, run.path("remaining").path("key.output-tokens").asLong());
    assertEquals(120, run.path("reserved").path("key.output-tokens").asLong());
    call.answer(200, "application/json", Wire.OPENAI.answer(11, 100));
    assertEquals(200, asked.join().statusCode());
    Generator ledger = generate(caller, 50);
    boolean refused = false;
    while (ledger.output() < 50) {
      refused |= status(port, caller, caller) == 499;
    }
    assertTrue(refused || System.nanoTime() - begun > WINDOW.toNanos());
  }

  @Scenario
  void aCallerWhoseTimeIsUpIsStopped(Setting setting) {
    Jvm belay = setting.withBelay(FROM, IDS, "belay.budget.key.time=1s");
    int port = port(belay);
    String caller = Setting.unique("caller");
    String run = Setting.unique("slow");
    // Nobody answers the model's call, if its time is not up before.
    assertEquals(499, later(port, caller, caller, run).join().statusCode());
    JsonNode stop = belay.control().report(run).path("stop");
    assertEquals("DEADLINE", stop.path("reason").asText(), stop::toString);
    generate(caller, 5);
    assertEquals(499, status(port, caller, caller));
    assertEquals(200, status(port, caller, ""));
  }

  @Scenario
  void whereLimitsOnlyRefuseTheRunGoesOn(Setting setting) {
    Jvm belay =
        setting.withBelay(
            FROM, IDS, "belay.budget.key.llm-calls=1", "belay.budget.on-exceeded=refuse");
    int port = port(belay);
    String caller = Setting.unique("caller");
    Generator ledger = generate(caller, 5);
    assertEquals(200, status(port, caller, caller));
    String run = Setting.unique("refused");
    HttpResponse<String> answer = later(port, "/patient", caller, caller, run).join();
    assertEquals(503, answer.statusCode());
    assertTrue(answer.body().contains("key.llm-calls"), answer::body);
    assertEquals(1, ledger.answers());
  }
}
