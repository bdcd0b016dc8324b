package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Budgets of an agent on the official OpenAI client, against a provider with its own ledger. */
class OpenAiBudgetIT {
  private static final String OLDEST = "openai-java-1.1.0";
  private static final String THREADS = "64";
  private static final int ROUNDS = Integer.getInteger("belay.rounds", 25);
  private static final long LIMIT = 400;
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  private static Generator generate(String key, long length, int failures) {
    Generator generator = new Generator(Wire.OPENAI, length, "");
    for (int i = 0; i < failures; i++) {
      generator.failing(429);
    }
    provider.answering(key, generator::answer);
    return generator;
  }

  private static void assertBooked(Generator ledger, Jvm belay, String run) {
    JsonNode usage = belay.control().over(run).path("usage");
    assertEquals(ledger.output(), usage.path("outputTokens").asLong(), usage::toPrettyString);
    assertEquals(ledger.input(), usage.path("inputTokens").asLong(), usage::toPrettyString);
    assertFalse(usage.path("estimated").asBoolean(), usage::toPrettyString);
  }

  @Scenario(libraries = {"newest", OLDEST})
  void plainAnswersAreBookedToTheToken(Setting setting) {
    String run = Setting.unique("plain");
    Generator ledger = generate(run, 17, 0);
    Jvm belay = setting.withBelay();
    assertEquals(
        "12 0",
        belay.start(Spender.class, run, provider.url(run), "3", "4", "plain", "0").result());
    assertEquals(12 * 17, ledger.output());
    assertBooked(ledger, belay, run);
  }

  @Scenario(libraries = {"newest", OLDEST})
  void streamsAreBookedToTheTokenThoughNobodyAskedForUsage(Setting setting) {
    String control = Setting.unique("control");
    generate(control, 5, 0);
    assertEquals(
        "1 0",
        setting
            .withoutBelay()
            .start(Spender.class, control, provider.url(control), "1", "1", "stream", "0")
            .result());
    assertFalse(provider.arrivals(control).get(0).body().contains("include_usage"));

    String run = Setting.unique("stream");
    Generator ledger = generate(run, 17, 0);
    Jvm belay = setting.withBelay();
    assertEquals(
        "12 0", // and no chunk without choices
        belay.start(Spender.class, run, provider.url(run), "3", "4", "stream", "0").result());
    assertBooked(ledger, belay, run);
  }

  @Scenario(libraries = {"newest", OLDEST})
  void whatTheClientRetriesIsBookedOnceAndCountedTwice(Setting setting) {
    String run = Setting.unique("retried");
    Generator ledger = generate(run, 17, 1);
    Jvm belay = setting.withBelay();
    assertEquals(
        "2 0", belay.start(Spender.class, run, provider.url(run), "1", "2", "plain", "0").result());
    assertBooked(ledger, belay, run);
    assertEquals(3, belay.control().over(run).path("usage").path("llmCalls").asInt());
  }

  @Scenario
  void withoutBelayThreadsSpendWhatTheyLike(Setting setting) {
    String control = Setting.unique("control");
    Generator ledger = generate(control, 100, 0);
    setting
        .withoutBelay()
        .start(Spender.class, control, provider.url(control), THREADS, "1", "plain", "100")
        .result();
    assertEquals(64 * 100, ledger.output());
  }

  @Scenario
  void manyThreadsOnOneBudgetNeverPassIt(Setting setting) {
    Jvm belay =
        setting.withBelay("belay.budget.output-tokens=" + LIMIT, "belay.budget.on-exceeded=refuse");
    for (int round = 0; round < ROUNDS; round++) {
      String run = Setting.unique("round");
      String mode = round % 2 == 0 ? "plain" : "stream";
      String asked = round % 4 < 2 ? "20" : "0";
      Generator ledger = generate(run, 20, 0);
      belay.start(Spender.class, run, provider.url(run), THREADS, "2", mode, asked).result();
      assertTrue(ledger.highest() <= LIMIT, () -> "allowed " + ledger.highest());
      assertTrue(ledger.output() > 0);
      assertBooked(ledger, belay, run);
    }
  }
}
