package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Limits of money and of tools, the least that is worth asking for, and limits that are raised. */
class SpendingLimitsIT {
  private static final String REFUSE = "belay.budget.on-exceeded=refuse";
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  private static Generator generate(String key, Wire wire) {
    Generator generator = new Generator(wire, 20, provider.url("page") + '/' + key);
    provider.answering(key, generator::answer);
    provider.answering("page", call -> call.answer(200, "text/plain", "42"));
    return generator;
  }

  private static String spend(Jvm jvm, String key, String asked) {
    return jvm.start(Spender.class, key, provider.url(key), "1", "7", "plain", asked).result();
  }

  @Scenario
  void aModelWithoutAPriceIsRefusedWhereMoneyIsLimited(Setting setting) {
    Jvm belay = setting.withBelay("belay.budget.cost-usd=0.001", REFUSE);
    String run = Setting.unique("unpriced");
    generate(run, Wire.OPENAI);
    assertEquals("0 0", spend(belay, run, "0"));
    assertEquals(0, provider.requests(run));
  }

  @Scenario
  void unlessItIsSaidWhatSuchModelsCost(Setting setting) {
    Jvm belay =
        setting.withBelay(
            "belay.budget.cost-usd=0.001", "belay.budget.unknown-model-usd-per-mtok=10", REFUSE);
    String run = Setting.unique("priced");
    Generator ledger = generate(run, Wire.OPENAI);
    spend(belay, run, "0");
    double cost = (ledger.input() + ledger.output()) * 10 / 1e6;
    assertTrue(ledger.answers() > 1 && cost <= 0.001, () -> ledger.answers() + ": " + cost);
    JsonNode usage = belay.control().over(run).path("usage");
    assertEquals(cost, usage.path("costUsd").asDouble(), 1e-12);
  }

  @Scenario
  void aFileInLiteLlmsFormatSaysWhatModelsCost(Setting setting) throws IOException {
    Path prices = Files.createTempFile("prices", ".json");
    prices.toFile().deleteOnExit();
    Files.writeString(
        prices,
        """
        {"m": {"mode": "chat", "input_cost_per_token": 1e-06, "output_cost_per_token": 4e-05}}
        """);
    Jvm belay = setting.withBelay("belay.budget.cost-usd=0.003", "belay.prices=" + prices, REFUSE);
    String run = Setting.unique("override");
    Generator ledger = generate(run, Wire.OPENAI);
    spend(belay, run, "0");
    double cost = ledger.input() * 1e-6 + ledger.output() * 4e-5;
    assertTrue(ledger.answers() > 1 && cost <= 0.003, () -> ledger.answers() + ": " + cost);
    assertEquals(cost, belay.control().over(run).path("usage").path("costUsd").asDouble(), 1e-12);
  }

  @Scenario
  void fewerThanTheFloorAreNotAskedForUnlessFewerAreWanted(Setting setting) {
    Jvm belay = setting.withBelay("belay.budget.output-tokens=31", REFUSE);
    String run = Setting.unique("floor");
    generate(run, Wire.OPENAI);
    assertEquals("0 0", spend(belay, run, "0"));
    assertEquals(0, provider.requests(run));
    String modest = Setting.unique("modest");
    Generator ledger = generate(modest, Wire.OPENAI);
    assertEquals("6 0", spend(belay, modest, "5"));
    assertEquals(30, ledger.output());
  }

  @Scenario
  void aLimitThatIsRaisedLetsARefusedRunGoOn(Setting setting) {
    Jvm belay = setting.withBelay("belay.budget.output-tokens=40", REFUSE);
    String run = Setting.unique("raised");
    Generator ledger = generate(run, Wire.OPENAI);
    Work work = belay.start(Patient.class, run, run, provider.url(run), "4");
    belay.awaitMoment(run, "refused 1");
    assertTrue(ledger.output() <= 40);
    assertEquals("running", belay.control().run(run).path("status").asText());
    assertEquals(
        200,
        belay
            .control()
            .request("POST", "/runs/" + run + "/budget", "{\"output-tokens\":400}")
            .statusCode());
    belay.cue(run, "go on 1");
    assertEquals("1", work.result());
    assertEquals(80, ledger.output());
    assertEquals(4, ledger.answers());
  }

  @Scenario
  void limitsOfTheWholeJvmAreSetAndTakenAwayWhileItRuns(Setting setting) {
    Jvm belay = setting.withBelay("belay.budget.output-tokens=40", REFUSE);
    limitJvm(belay, "{\"jvm.llm-calls\":0}");
    String run = Setting.unique("capped");
    generate(run, Wire.OPENAI);
    assertEquals("0 0", spend(belay, run, "0"));
    assertEquals(0, provider.requests(run));
    limitJvm(belay, "{\"jvm.llm-calls\":null}");
    String free = Setting.unique("free");
    generate(free, Wire.OPENAI);
    spend(belay, free, "0");
    assertTrue(provider.requests(free) > 0);
  }

  private static void limitJvm(Jvm belay, String limits) {
    assertEquals(
        200, belay.control().request("POST", "/runs/jvm/budget", limits).statusCode(), limits);
  }

  @Scenario
  void aToolIsNotCalledWhereNoneAreLeft(Setting setting) {
    Map<Class<? extends SdkApp>, Wire> apps =
        Map.of(
            LangChainApp.class,
            Wire.OPENAI,
            SpringAiApp.class,
            Wire.OPENAI,
            GenAiApp.class,
            Wire.GEMINI);
    for (Map.Entry<Class<? extends SdkApp>, Wire> app : apps.entrySet()) {
      Jvm belay = setting.withBelay("belay.budget.tool-calls=0");
      String run = Setting.unique("tools");
      generate(run, app.getValue());
      int pages = provider.requests("page");
      belay.cue(run, "go on");
      Work work = belay.start(app.getKey(), run, "converse", run, provider.url(run), "1");
      assertTrue(
          work.thrown().has("io.belay.api.RunStoppedException")
              || work.thrown().has("io.belay.api.BudgetExceededException"),
          () -> app + ": " + work.thrown());
      assertEquals(1, provider.requests(run), app::toString);
      assertEquals(pages, provider.requests("page"), app::toString);
      assertEquals("BUDGET", belay.control().report(run).path("stop").path("reason").asText());
    }
  }
}
