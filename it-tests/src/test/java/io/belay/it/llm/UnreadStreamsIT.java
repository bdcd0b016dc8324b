package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.App;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Script;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What of a stream has come to this machine was received, whether or not somebody reads it. */
class UnreadStreamsIT {
  private static final String BODY =
      "{\"model\":\"m\",\"stream\":true,\"max_tokens\":60,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  /** How many tokens are generated for a client that asks seven times. */
  private static long generated(Jvm jvm, String client) {
    AtomicLong ledger = new AtomicLong();
    AtomicInteger calls = new AtomicInteger();
    String key = Setting.unique(client);
    provider.answering(
        key,
        call -> {
          long tokens = Wire.OPENAI.allowed(call.body());
          call.stream();
          for (long i = 0; i < tokens; i++) {
            call.event(Wire.OPENAI.token());
          }
          Wire.OPENAI.last(call.body(), 11, tokens).forEach(call::event);
          call.end();
          ledger.addAndGet(tokens);
          jvm.cue(key, "sent " + calls.incrementAndGet());
        });
    String url = provider.url(key) + "/v1/chat/completions";
    jvm.start(Ignorer.class, key, client, key, url, BODY, "7").result();
    return ledger.get();
  }

  private static Jvm limited(Setting setting) {
    return setting.withBelay("belay.budget.output-tokens=100", "belay.budget.on-exceeded=refuse");
  }

  @Scenario
  void areSpent(Setting setting) {
    for (String client : List.of("url", "okhttp")) {
      assertEquals(420, generated(setting.withoutBelay(), client), client);
      assertEquals(100, generated(limited(setting), client), client);
    }
  }

  /** Has an answer, reads nothing of it and keeps it. */
  static final class Keeper implements App {
    @SuppressWarnings("unused") // What is reachable is not given up.
    private static volatile Object kept;

    @Override
    public String run(String... args) throws InterruptedException {
      okHttp(args[1]);
      Script.tell(args[0], "answered");
      Script.await(args[0], "go on");
      return "kept";
    }

    private static void okHttp(String url) throws InterruptedException {
      CountDownLatch answered = new CountDownLatch(1);
      RequestBody json = RequestBody.create(BODY, MediaType.get("application/json"));
      new OkHttpClient()
          .newCall(new Request.Builder().url(url).post(json).build())
          .enqueue(
              new Callback() {
                @Override
                public void onFailure(Call call, IOException e) {
                  answered.countDown();
                }

                @Override
                public void onResponse(Call call, Response response) {
                  kept = response;
                  answered.countDown();
                }
              });
      answered.await();
    }
  }

  @Scenario
  void doNotKeepARunThatIsStopped(Setting setting) throws Exception {
    String control = Setting.unique("control");
    Jvm untouched = setting.withoutBelay();
    Work free = keep(untouched, control);
    untouched.cue(control, "go on");
    assertEquals("kept", free.result());

    String run = Setting.unique("kept");
    Jvm belay = setting.withBelay();
    Work work = keep(belay, run);
    belay.stop(run);
    belay.cue(run, "go on");
    assertEquals("kept", work.result());
    assertTrue(provider.arrivals(run).get(0).awaitClientLeft());
    assertEquals("stopped", belay.control().over(run).path("status").asText());
    JsonNode report = belay.control().report(run);
    assertEquals(
        report.path("usageAtStop").path("inputTokens").asLong()
            + report.path("usageAfterStop").path("inputTokens").asLong(),
        belay.control().run(run).path("usage").path("inputTokens").asLong());
  }

  /** Begins one that has its answer, of which all that is sent is at its machine. */
  private static Work keep(Jvm jvm, String key) throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(1);
    provider.answering(
        key,
        call -> {
          call.stream();
          for (int i = 0; i < 40; i++) {
            call.event(Wire.OPENAI.token());
          }
          sent.countDown();
        });
    Work work = jvm.start(Keeper.class, key, key, provider.url(key) + "/v1/chat/completions");
    jvm.awaitMoment(key, "answered");
    assertTrue(sent.await(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS));
    return work;
  }
}
