package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What happens at a limit, to an agent on the official OpenAI client. */
class LimitsIT {
  private static final String EXCEEDED = "io.belay.api.BudgetExceededException";
  private static final String STOPPED = "io.belay.api.RunStoppedException";
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  private static Generator generate(String key) {
    Generator generator = new Generator(Wire.OPENAI, 20, "");
    provider.answering(key, generator::answer);
    return generator;
  }

  private static Work spend(Jvm jvm, String key, int turns) {
    String n = String.valueOf(turns);
    return jvm.start(Spender.class, key, provider.url(key), "1", n, "plain", "0");
  }

  private static void assertEnded(Jvm belay, String run, String status, String reason) {
    JsonNode json = belay.control().over(run);
    assertEquals(status, json.path("status").asText(), json::toPrettyString);
    assertEquals(reason, json.path("reason").asText(), json::toPrettyString);
  }

  @Scenario
  void aRunOutOfTokensIsStopped(Setting setting) {
    String control = Setting.unique("control");
    generate(control);
    assertEquals("7 0", spend(setting.withoutBelay(), control, 7).result());

    Jvm belay = setting.withBelay("belay.budget.output-tokens=100");
    String run = Setting.unique("stop");
    Generator ledger = generate(run);
    Work work = belay.start(OpenAiApp.class, run, "ask", run, provider.url(run), "7");
    assertEquals(EXCEEDED, work.thrown().type(), work.thrown()::toString);
    assertTrue(ledger.output() <= 100);
    assertTrue(ledger.output() > 100 - 32, () -> ledger.output() + "");
    belay.control().report(run);
    assertEnded(belay, run, "stopped", "BUDGET");
  }

  @Scenario
  void aRunThatIsOnlyRefusedGoesOnWithoutTheModel(Setting setting) {
    Jvm belay =
        setting.withBelay("belay.budget.output-tokens=100", "belay.budget.on-exceeded=refuse");
    String run = Setting.unique("refuse");
    Generator ledger = generate(run);
    assertEquals("4 0", spend(belay, run, 7).result()); // 20 left are below the floor
    assertEquals(80, ledger.output());
    assertEnded(belay, run, "completed", "null");
  }

  @Scenario
  void aLimitThatOnlyWarnsIsToldOfOnce(Setting setting) {
    Jvm belay =
        setting.withBelay("belay.budget.output-tokens=100", "belay.budget.on-exceeded=warn");
    belay.expectLog(".*passes its budget.*");
    String run = Setting.unique("warn");
    Generator ledger = generate(run);
    assertEquals("7 0", spend(belay, run, 7).result());
    assertEquals(140, ledger.output());
    long told =
        belay.stderr().stream().filter(line -> line.contains("run " + run + " passes its")).count();
    assertEquals(1, told, () -> String.join("\n", belay.stderr()));
  }

  @Scenario
  void aLimitChangesWhileACallIsUnderWay(Setting setting) {
    Jvm belay = setting.withBelay();
    String run = Setting.unique("lowered");
    Work work = belay.start(OpenAiApp.class, run, "ask", run, provider.url(run), "3");
    provider.await(run).answer(200, "application/json", Wire.OPENAI.answer(11, 50));
    Arrival second = provider.await(run);
    assertEquals(
        200,
        belay
            .control()
            .request("POST", "/runs/" + run + "/budget", "{\"output-tokens\":90}")
            .statusCode());
    second.answer(200, "application/json", Wire.OPENAI.answer(11, 30));
    assertEquals(EXCEEDED, work.thrown().type(), work.thrown()::toString);
    assertEquals(2, provider.requests(run));
    belay.control().report(run);
    assertEnded(belay, run, "stopped", "BUDGET");
  }

  @Scenario
  void aRunWhoseTimeIsUpIsStopped(Setting setting) {
    Jvm belay = setting.withBelay("belay.budget.time=1s");
    String run = Setting.unique("late");
    Work work = belay.start(OpenAiApp.class, run, "ask", run, provider.url(run), "1");
    assertTrue(work.thrown().has(STOPPED), work.thrown()::toString);
    belay.control().report(run);
    assertEnded(belay, run, "stopped", "DEADLINE");
  }

  @Scenario
  void aCallThatComesWhenItsTimeIsUpIsStoppedForThat(Setting setting) {
    Jvm belay = setting.withBelay("belay.budget.time=1ms");
    String run = Setting.unique("too-late");
    Generator ledger = generate(run);
    Work work = belay.start(OpenAiApp.class, run, "ask", run, provider.url(run), "1");
    assertTrue(work.thrown().has(STOPPED), work.thrown()::toString);
    assertEquals(0, ledger.output());
    belay.control().report(run);
    assertEnded(belay, run, "stopped", "DEADLINE");
  }

  @Scenario
  void aRunWhoseTimeIsUpIsOnlyRefusedWhereLimitsRefuse(Setting setting) {
    Jvm belay = setting.withBelay("belay.budget.time=1ms", "belay.budget.on-exceeded=refuse");
    belay.expectLog(".*is out of time.*");
    String run = Setting.unique("late");
    Generator ledger = generate(run);
    assertEquals("0 0", spend(belay, run, 3).result());
    assertEquals(0, ledger.output());
    assertEnded(belay, run, "completed", "null");
  }

  @Scenario
  void whenTheTimeOfTheJvmIsUpAllOfItIsStopped(Setting setting) {
    Jvm belay = setting.withBelay("belay.budget.jvm.time=3s");
    String run = Setting.unique("jvm-late");
    Work work = belay.start(OpenAiApp.class, run, "ask", run, provider.url(run), "1");
    assertTrue(work.thrown().has(STOPPED), work.thrown()::toString);
    assertEquals("DEADLINE", belay.control().run("jvm").path("reason").asText());
  }

  @Scenario
  void anAnswerThatNothingBoundsIsCutAtTheLimit(Setting setting) {
    Jvm belay = setting.withBelay("belay.budget.output-tokens=100");
    String run = Setting.unique("unbounded");
    Work work = belay.start(SignedStream.class, run, provider.url(run));
    Arrival call = provider.await(run);
    assertTrue(!call.body().contains("max_"), call::body);
    call.stream();
    int sent = 0;
    while (sent < 100_000 && !call.clientLeft() && call.event(Wire.OPENAI.token())) {
      sent++;
    }
    assertTrue(call.awaitClientLeft());
    assertTrue(work.thrown().has(EXCEEDED), work.thrown()::toString);
    belay.control().report(run);
    assertEnded(belay, run, "stopped", "BUDGET");
    JsonNode usage = belay.control().run(run).path("usage");
    assertTrue(usage.path("outputTokens").asLong() >= 100, usage::toPrettyString);
    assertTrue(usage.path("outputTokens").asLong() <= sent, usage::toPrettyString);
    assertTrue(usage.path("estimated").asBoolean(), usage::toPrettyString);
  }

  @Scenario
  void aLimitThatIsLoweredEndsAnAnswerThatHasPassedIt(Setting setting) {
    String kept = Setting.unique("kept");
    Jvm belay = setting.withBelay("belay.budget.output-tokens=100");
    Work control = belay.start(SignedStream.class, kept, provider.url(kept));
    Arrival whole = provider.await(kept);
    whole.stream();
    for (int i = 0; i < 50; i++) {
      whole.event(Wire.OPENAI.token());
    }
    whole.event("[DONE]");
    whole.end();
    control.result();

    String run = Setting.unique("lowered");
    Work work = belay.start(SignedStream.class, run, provider.url(run));
    Arrival call = provider.await(run);
    call.stream();
    for (int i = 0; i < 30; i++) {
      call.event(Wire.OPENAI.token());
    }
    belay.control().request("POST", "/runs/" + run + "/budget", "{\"output-tokens\":40}");
    for (int i = 0; i < 20; i++) {
      call.event(Wire.OPENAI.token());
    }
    assertTrue(call.awaitClientLeft());
    assertTrue(work.thrown().has(EXCEEDED), work.thrown()::toString);
    assertEnded(belay, run, "stopped", "BUDGET");
  }
}
