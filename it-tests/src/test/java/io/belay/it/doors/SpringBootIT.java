package io.belay.it.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.cli.BelayCommand;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Belay comes into a Spring Boot application that is being used, and goes again. */
class SpringBootIT {
  private static final int CLIENTS = 4;
  private static final int ROUNDS = Integer.getInteger("belay.it.attach.rounds", 2);
  private static Provider provider;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  @Scenario(libraries = "spring-boot-3.5.8")
  void comingAndGoingUnderLoadFailsNoRequest(Setting setting) throws Exception {
    String key = Setting.unique("load");
    provider.answering(key, call -> call.answer(200, "text/plain", "ok"));
    Jvm jvm = setting.withoutBelay("-XX:+EnableDynamicAgentLoading", "-Dit.boot=" + key);
    String app = "http://127.0.0.1:" + jvm.serve(BootApp.Start.class, provider.url(key)).result();
    BelayCommand cli = BelayCommand.on(setting);
    String control = Setting.unique("control");
    CompletableFuture<HttpResponse<String>> held = hold(app, control);
    jvm.awaitMoment(control, "written");
    jvm.cue(control, "go on");
    assertEquals("committed", held.join().body(), "without Belay");
    try (HttpLoad load = new HttpLoad(app + "/work", CLIENTS)) {
      load.awaitMore(300);
      for (int round = 0; round < ROUNDS; round++) {
        cli.text("attach", jvm.pid(), "run.http.id-from=query:run");
        load.awaitMore(200);
        if (round % 2 == 0) {
          aRequestIsStoppedAndItsTransactionRolledBack(jvm, cli, app);
        } else {
          aCommitIsRefused(jvm, cli, app);
        }
        load.awaitMore(100);
        cli.text("attach", jvm.pid(), "enabled=false");
        load.awaitMore(200);
      }
      assertEquals(1, cli.run("runs", jvm.pid()).status(), "there is no Belay any more");
      assertEquals(List.of(), load.failures());
      System.out.println(setting + ": " + load.answered() + " requests, none failed");
    }
    assertEquals("1", ask(app + "/leftovers").join().body(), "the control's");
  }

  private void aRequestIsStoppedAndItsTransactionRolledBack(Jvm jvm, BelayCommand cli, String app) {
    String run = Setting.unique("called");
    String url = URLEncoder.encode(provider.url(run) + "/slow", StandardCharsets.UTF_8);
    CompletableFuture<HttpResponse<String>> request = ask(app + "/call?run=" + run + "&url=" + url);
    Arrival arrival = provider.await(run);
    JsonNode report = cli.json("stop", jvm.pid(), run, "--json");
    assertTrue(arrival.awaitClientLeft());
    assertEquals("aborted", report.path("inFlight").path(0).path("outcome").asText());
    assertEquals(499, request.join().statusCode(), () -> request.join().body());
  }

  private void aCommitIsRefused(Jvm jvm, BelayCommand cli, String app) {
    String run = Setting.unique("held");
    CompletableFuture<HttpResponse<String>> request = hold(app, run);
    jvm.awaitMoment(run, "written");
    assertEquals(4, cli.run("stop", jvm.pid(), run, "--wait", "0.2").status());
    jvm.cue(run, "go on");
    assertEquals(499, request.join().statusCode(), () -> request.join().body());
    Await.until("it is quiet", () -> cli.run("stop", jvm.pid(), run).status() == 0);
    JsonNode report = cli.json("report", jvm.pid(), run, "--json");
    assertEquals(1, report.path("rolledBack").asInt(), report::toPrettyString);
  }

  private CompletableFuture<HttpResponse<String>> hold(String app, String run) {
    return ask(app + "/hold?run=" + run + "&key=" + run);
  }

  private CompletableFuture<HttpResponse<String>> ask(String url) {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }
}
