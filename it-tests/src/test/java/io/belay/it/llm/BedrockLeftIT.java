package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * What has come of Bedrock's streams over Netty and nobody has read is spent when they are left.
 */
class BedrockLeftIT {
  private static final int TOKENS = 400;
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  private static long generated(Jvm jvm, String how, String key) {
    AtomicLong ledger = new AtomicLong();
    AtomicInteger calls = new AtomicInteger();
    provider.answering(
        key,
        call -> {
          long tokens = Math.min(TOKENS, Wire.BEDROCK_CONVERSE.allowed(call.body()));
          Generator.begin(Wire.BEDROCK_CONVERSE, call);
          for (long i = 0; i < tokens; i++) {
            call.chunk(Wire.BEDROCK_CONVERSE.framed(Wire.BEDROCK_CONVERSE.token()));
          }
          ledger.addAndGet(tokens);
          jvm.cue(key, "sent " + calls.incrementAndGet());
        });
    jvm.start(BedrockQuitter.class, key, how, key, provider.url(key), "15").result();
    return ledger.get();
  }

  @Scenario
  void isSpent(Setting setting) {
    for (String how : List.of("subscription", "future")) {
      assertEquals(
          15 * TOKENS, generated(setting.withoutBelay(), how, Setting.unique("control")), how);

      Jvm belay =
          setting.withBelay("belay.budget.output-tokens=2000", "belay.budget.on-exceeded=refuse");
      String run = Setting.unique(how);
      long generated = generated(belay, how, run);
      assertTrue(generated <= 2400, () -> how + ": " + generated);
      Await.until(how + ": booked", () -> booked(belay, run) >= generated * 3 / 4);
      assertTrue(booked(belay, run) <= generated * 6 / 5, () -> how + ": " + booked(belay, run));
    }
  }

  /** Of a client that does not show what has come a left stream is whole, for the limits. */
  @Scenario
  void isTakenForWholeWhereNobodyCanTell(Setting setting) {
    String free = Setting.unique("control");
    assertEquals(15 * TOKENS, generated(setting.withoutBelay(), "stranger", free));

    Jvm belay =
        setting.withBelay("belay.budget.output-tokens=2000", "belay.budget.on-exceeded=refuse");
    String run = Setting.unique("stranger");
    assertEquals(2000, generated(belay, "stranger", run));
    belay.control().over(run);
    assertTrue(booked(belay, run) < 200, () -> "shown: " + booked(belay, run));
  }

  private static long booked(Jvm jvm, String run) {
    return jvm.control().run(run).path("usage").path("outputTokens").asLong();
  }
}
