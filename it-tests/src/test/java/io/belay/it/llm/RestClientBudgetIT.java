package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Budgets of an application that speaks to a model through RestClient, over each client below. */
class RestClientBudgetIT {
  private static final List<String> CLIENTS =
      List.of("jdk", "simple", "apache", "jetty", "reactor");
  private static final long LIMIT = 90;
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

  private static void assertBooked(Generator ledger, Jvm belay, String run) {
    JsonNode usage = belay.control().over(run).path("usage");
    assertEquals(ledger.output(), usage.path("outputTokens").asLong(), usage::toPrettyString);
    assertEquals(ledger.input(), usage.path("inputTokens").asLong(), usage::toPrettyString);
    assertFalse(usage.path("estimated").asBoolean(), usage::toPrettyString);
  }

  @Scenario
  void whatIsAskedIsBookedThoughNobodyAskedForUsage(Setting setting) {
    for (String client : CLIENTS) {
      for (String mode : List.of("plain", "stream")) {
        String control = Setting.unique("control");
        generate(control, 17);
        assertEquals(
            "2 0",
            setting
                .withoutBelay()
                .start(RestClientSpender.class, control, provider.url(control), client, "2", mode)
                .result());
        assertFalse(provider.arrivals(control).get(0).body().contains("include_usage"));

        String run = Setting.unique(client + "-" + mode);
        Generator ledger = generate(run, 17);
        Jvm belay = setting.withBelay();
        assertEquals(
            "2 0", // and no chunk without choices
            belay
                .start(RestClientSpender.class, run, provider.url(run), client, "2", mode)
                .result(),
            client + " " + mode);
        assertBooked(ledger, belay, run);
      }
    }
  }

  @Scenario
  void aBudgetIsNeverPassed(Setting setting) {
    for (String client : CLIENTS) {
      String control = Setting.unique("control");
      Generator free = generate(control, 40);
      setting
          .withoutBelay()
          .start(RestClientSpender.class, control, provider.url(control), client, "4", "plain")
          .result();
      assertTrue(free.output() > LIMIT, client);

      String run = Setting.unique(client + "-capped");
      Generator ledger = generate(run, 40);
      Jvm belay =
          setting.withBelay(
              "belay.budget.output-tokens=" + LIMIT, "belay.budget.on-exceeded=refuse");
      belay.start(RestClientSpender.class, run, provider.url(run), client, "4", "plain").result();
      assertTrue(ledger.highest() <= LIMIT, () -> client + " allowed " + ledger.highest());
      assertTrue(ledger.output() > 0, client);
      assertBooked(ledger, belay, run);
    }
  }
}
