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

/** Budgets of an application that speaks to a model through WebClient by itself. */
class WebClientBudgetIT {
  private static final String SPRING_5 = "reactor-2020";
  private static final String SPRING_7 = "spring-web-7";
  private static final long LIMIT = 200;
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

  /** "100 Continue", which a proxy may send unasked, has an end of its own. */
  @Scenario(libraries = {"newest", SPRING_5, SPRING_7})
  void anAnswerAfterAnInterimOneIsBooked(Setting setting) {
    for (String mode : new String[] {"plain", "stream"}) {
      String control = Setting.unique("control");
      continued(control);
      assertEquals("2 0", spend(setting.withoutBelay(), control, mode));

      String run = Setting.unique("continued-" + mode);
      Generator ledger = continued(run);
      Jvm belay = setting.withBelay();
      assertEquals("2 0", spend(belay, run, mode));
      assertBooked(ledger, belay, run);
    }
  }

  private static String spend(Jvm jvm, String key, String mode) {
    return jvm.start(WebClientSpender.class, key, provider.url(key), "1", "2", mode).result();
  }

  private static Generator continued(String key) {
    Generator generator = new Generator(Wire.OPENAI, 17, "");
    provider.answering(
        key,
        call -> {
          call.goOn();
          generator.answer(call);
        });
    return generator;
  }

  @Scenario(libraries = {"newest", SPRING_5, SPRING_7})
  void whatIsAskedIsBookedThoughNobodyAskedForUsage(Setting setting) {
    for (String mode : new String[] {"plain", "stream"}) {
      String control = Setting.unique("control");
      generate(control, 17);
      assertEquals(
          "4 0",
          setting
              .withoutBelay()
              .start(WebClientSpender.class, control, provider.url(control), "2", "2", mode)
              .result());
      assertFalse(provider.arrivals(control).get(0).body().contains("include_usage"));

      String run = Setting.unique(mode);
      Generator ledger = generate(run, 17);
      Jvm belay = setting.withBelay();
      assertEquals(
          "4 0", // and no chunk without choices
          belay.start(WebClientSpender.class, run, provider.url(run), "2", "2", mode).result());
      assertBooked(ledger, belay, run);
    }
  }

  /** The next call is made where the answer before came: on a thread that works for the run. */
  @Scenario(libraries = {"newest", SPRING_5})
  void whoeverWaitsHearsOfTheRefusalAndNotOfAnInterrupt(Setting setting) {
    String control = Setting.unique("control");
    generate(control, 40);
    assertEquals(
        "5",
        setting
            .withoutBelay()
            .start(WebClientRepeater.class, control, provider.url(control), "5")
            .result());

    Jvm belay = setting.withBelay("belay.budget.output-tokens=100");
    String first = Setting.unique("first"); // Which may take its time: it loads what tells of it.
    generate(first, 40);
    String told = belay.start(WebClientRepeater.class, first, provider.url(first), "5").result();
    assertFalse(told.contains("Interrupted"), told);

    String run = Setting.unique("repeated");
    Generator ledger = generate(run, 40);
    assertEquals(
        "WebClientRequestException BudgetExceededException false",
        belay.start(WebClientRepeater.class, run, provider.url(run), "5").result());
    assertTrue(ledger.highest() <= 100, () -> "allowed " + ledger.highest());
  }

  @Scenario(libraries = {"newest", SPRING_5})
  void manySubscriptionsOnOneBudgetNeverPassIt(Setting setting) {
    for (String mode : new String[] {"plain", "stream"}) {
      String control = Setting.unique("control");
      Generator free = generate(control, 40);
      setting
          .withoutBelay()
          .start(WebClientSpender.class, control, provider.url(control), "16", "2", mode)
          .result();
      assertTrue(free.output() > LIMIT);

      String run = Setting.unique("capped");
      Generator ledger = generate(run, 40);
      Jvm belay =
          setting.withBelay(
              "belay.budget.output-tokens=" + LIMIT, "belay.budget.on-exceeded=refuse");
      belay.start(WebClientSpender.class, run, provider.url(run), "16", "2", mode).result();
      assertTrue(ledger.highest() <= LIMIT, () -> "allowed " + ledger.highest());
      assertTrue(ledger.output() > 0);
      assertBooked(ledger, belay, run);
    }
  }
}
