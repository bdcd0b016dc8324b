package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A future of the JDK's client that is given up, at whatever moment, ends no account early. */
class LeftFuturesIT {
  private static final int TOKENS = 400;
  private static final String BODY =
      "{\"model\":\"m\",\"stream\":true,\"max_tokens\":"
          + TOKENS
          + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  /** What came of a client that asks often and waits for no answer. */
  private record Left(String run, int made, long generated) {
    static Left of(Jvm jvm, String how, int times, long hesitates) {
      AtomicLong ledger = new AtomicLong();
      String key = Setting.unique(how);
      provider.answering(
          key,
          call -> {
            LockSupport.parkNanos(hesitates * 1_000_000);
            long tokens = Wire.OPENAI.allowed(call.body());
            ledger.addAndGet(tokens);
            call.stream();
            for (long i = 0; i < tokens; i++) {
              call.event(Wire.OPENAI.token());
            }
            Wire.OPENAI.last(call.body(), 11, tokens).forEach(call::event);
            call.end();
          });
      String url = provider.url(key) + "/v1/chat/completions";
      int made =
          Integer.parseInt(
              jvm.start(FutureQuitter.class, key, how, url, BODY, String.valueOf(times)).result());
      if (hesitates > 0) {
        Await.until("all are answered", () -> ledger.get() >= (long) made * TOKENS);
      }
      return new Left(key, made, ledger.get());
    }

    long booked(Jvm jvm) {
      return jvm.control().run(run).path("usage").path("outputTokens").asLong();
    }
  }

  /** Its client goes on reading, since nobody has told it of the end. */
  @Scenario
  void isSpentWhenTheAnswerComes(Setting setting) {
    for (String how : List.of("late", "softly")) {
      Left free = Left.of(setting.withoutBelay(), how, 12, 300);
      assertEquals(12 * TOKENS, free.generated, how);

      Jvm belay =
          setting.withBelay("belay.budget.output-tokens=2000", "belay.budget.on-exceeded=refuse");
      Left left = Left.of(belay, how, 12, 300);
      assertTrue(left.generated <= 2000, () -> how + ": " + left.generated);
      Await.until(how + ": booked", () -> left.booked(belay) == left.generated);
    }
  }

  /** Cancelled before its answer, in the middle of its arrival or afterwards. */
  @Scenario
  void isOverWheneverItIsCancelled(Setting setting) {
    for (String how : List.of("stream", "publisher")) {
      assertEquals(100, Left.of(setting.withoutBelay(), how, 100, 0).made, how);

      Jvm belay = setting.withBelay("belay.budget.output-tokens=100000");
      Left left = Left.of(belay, how, 100, 0);
      assertEquals(100, left.made, how);
      Await.until(
          how + ": over",
          () -> belay.control().run(left.run).path("status").asText().equals("completed"));
    }
  }
}
