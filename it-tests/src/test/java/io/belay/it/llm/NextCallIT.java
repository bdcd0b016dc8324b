package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Arrival;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whoever leaves a stream and asks again is not refused for what the one before has set aside. */
class NextCallIT {
  private static final int TIMES = 20;
  private static final int TOKENS = 3;
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  /** Answers begin and do not end; those over OkHttp do not even begin. */
  private static String made(Jvm jvm, String client, String key) {
    AtomicInteger calls = new AtomicInteger();
    provider.answering(
        key,
        call -> {
          if (client.equals("okhttp")) {
            jvm.cue(key, "arrived " + calls.incrementAndGet());
          } else {
            begin(client.equals("bedrock") ? Wire.BEDROCK_CONVERSE : Wire.OPENAI, call);
          }
        });
    return jvm.start(NextCaller.class, key, client, key, provider.url(key), "" + TIMES).result();
  }

  private static void begin(Wire wire, Arrival call) {
    Generator.begin(wire, call);
    for (int i = 0; i < TOKENS; i++) {
      if (wire == Wire.OPENAI) {
        call.event(wire.token());
      } else {
        call.chunk(wire.framed(wire.token()));
      }
    }
  }

  /** Each call takes all that is left, as long as it keeps what it does not use. */
  @Scenario
  void isNotRefused(Setting setting) {
    for (String client : List.of("web", "okhttp", "bedrock")) {
      String all = String.valueOf(TIMES);
      assertEquals(all, made(setting.withoutBelay(), client, Setting.unique("control")), client);

      Jvm belay = setting.withBelay("belay.budget.output-tokens=2000");
      String run = Setting.unique("next-" + client);
      assertEquals(all, made(belay, client, run), client);
      Await.until(
          client + ": over",
          () -> belay.control().run(run).path("status").asText().equals("completed"));
      long booked = belay.control().run(run).path("usage").path("outputTokens").asLong();
      assertTrue(booked <= 2000, () -> client + ": " + booked);
    }
  }
}
