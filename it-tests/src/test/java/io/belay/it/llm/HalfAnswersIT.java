package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.belay.it.harness.App;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Script;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Answers in one piece of which the application gets the beginning alone: they were made, and no
 * limit is passed by asking again.
 */
class HalfAnswersIT {
  private static final List<String> CLIENTS = List.of("jdk", "url", "okhttp", "apache");
  private static final String BODY =
      "{\"model\":\"m\",\"max_tokens\":60,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
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
  private static long generated(Jvm jvm, String client, String what, int bytes) {
    AtomicLong ledger = new AtomicLong();
    String key = Setting.unique(client + "-" + what);
    provider.answering(key, call -> answer(call, bytes, ledger));
    String url = provider.url(key) + "/v1/chat/completions";
    jvm.start(Leaver.class, key, client, what, url, BODY, "7").result();
    return ledger.get();
  }

  private static void answer(Arrival call, int bytes, AtomicLong ledger) {
    long tokens = Wire.OPENAI.allowed(call.body());
    ledger.addAndGet(tokens);
    String answer = Wire.OPENAI.answer(11, tokens);
    if (bytes < 0) {
      call.answer(200, "application/json", answer);
    } else {
      call.broken("application/json", answer, bytes);
    }
  }

  private static Jvm limited(Setting setting) {
    return setting.withBelay("belay.budget.output-tokens=100", "belay.budget.on-exceeded=refuse");
  }

  @Scenario
  void areSpentWhenTheApplicationLeavesThem(Setting setting) {
    for (String client : CLIENTS) {
      assertEquals(420, generated(setting.withoutBelay(), client, "leaves", -1), client);
      assertEquals(100, generated(limited(setting), client, "leaves", -1), client);
    }
  }

  @Scenario
  void areSpentWhenTheConnectionBreaks(Setting setting) {
    for (String client : CLIENTS) {
      for (int bytes : new int[] {0, 20}) {
        assertEquals(420, generated(setting.withoutBelay(), client, "reads", bytes), client);
        assertEquals(100, generated(limited(setting), client, "reads", bytes), client + bytes);
      }
    }
  }

  private static long streamed(Jvm jvm, String client) {
    AtomicLong ledger = new AtomicLong();
    String key = Setting.unique(client);
    provider.answering(
        key,
        call -> {
          long tokens = Wire.OPENAI.allowed(call.body());
          ledger.addAndGet(tokens);
          call.stream("text/event-stream");
          StringBuilder all = new StringBuilder();
          for (long i = 0; i < tokens; i++) {
            all.append("data: ").append(Wire.OPENAI.token()).append("\n\n");
          }
          for (String event : Wire.OPENAI.last(call.body(), 11, tokens)) {
            all.append("data: ").append(event).append("\n\n");
          }
          call.chunk(all.toString().getBytes(StandardCharsets.UTF_8));
          call.end();
        });
    String url = provider.url(key) + "/v1/chat/completions";
    String body = BODY.replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\"");
    jvm.start(Leaver.class, key, client, "glances", url, body, "7").result();
    return ledger.get();
  }

  /** These clients read on by themselves when a stream is closed that has come already. */
  @Scenario
  void areSpentWhenTheApplicationReadsTheBeginningOfAStream(Setting setting) {
    for (String client : List.of("url", "okhttp", "apache")) {
      assertEquals(420, streamed(setting.withoutBelay(), client), client);
      assertEquals(100, streamed(limited(setting), client), client);
    }
  }

  /** Asks for the status alone and keeps the connection. */
  static final class Holder implements App {
    @SuppressWarnings("unused") // What is reachable is not given up.
    private static HttpURLConnection held;

    @Override
    public String run(String... args) throws Exception {
      HttpURLConnection connection = (HttpURLConnection) new URL(args[1]).openConnection();
      held = connection;
      connection.setDoOutput(true);
      connection.getOutputStream().write(BODY.getBytes(StandardCharsets.UTF_8));
      String status = String.valueOf(connection.getResponseCode());
      Script.tell(args[0], "answered");
      Script.await(args[0], "go on");
      return status;
    }
  }

  @Scenario
  void oneThatNobodyReadsDoesNotKeepAStoppedRun(Setting setting) {
    String control = Setting.unique("control");
    provider.answering(control, Arrival::stream);
    String path = "/v1/chat/completions";
    Work untouched =
        setting.withoutBelay().start(Holder.class, control, control, provider.url(control) + path);
    setting.withoutBelay().cue(control, "go on");
    assertEquals("200", untouched.result());

    String run = Setting.unique("held");
    provider.answering(run, Arrival::stream);
    Jvm belay = setting.withBelay();
    Work work = belay.start(Holder.class, run, run, provider.url(run) + path);
    belay.awaitMoment(run, "answered");
    belay.stop(run);
    belay.cue(run, "go on");
    assertEquals("200", work.result());
    assertEquals("stopped", belay.control().over(run).path("status").asText());
  }
}
