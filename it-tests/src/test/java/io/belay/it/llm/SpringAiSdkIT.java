package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Libraries;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;
import java.util.List;

/**
 * Spring AI: in version 1.1 RestClient for whole answers and WebClient on Reactor Netty for
 * streams, in version 2 openai-java.
 */
@Sets({Libraries.NEWEST, Libraries.OLDEST_SDKS, "spring-ai-2"})
class SpringAiSdkIT extends SdkScenarios {
  SpringAiSdkIT() {
    super(SpringAiApp.class, Wire.OPENAI);
  }

  @Override
  List<Integer> retried() {
    return List.of(500, 503); // It takes every 4xx for an answer.
  }

  @Scenario
  void aStreamThatIsCutIsBookedAsFarAsItCame(Setting setting) {
    cutStream(setting);
  }

  @Scenario
  void aConversationWithAToolIsBooked(Setting setting) {
    conversationWithATool(setting);
  }

  @Scenario
  void aToolOfAStoppedRunTellsTheModelNothing(Setting setting) {
    toolOfAStoppedRun(setting);
  }

  @Scenario
  void aToolThatFetchesIsEndedWithItsRun(Setting setting) {
    toolThatFetches(setting);
  }

  /**
   * Limits that only warn, and those of an agent that only observes, change nothing of what is sent
   * and hide nothing of what it used.
   */
  @Scenario
  void limitsThatOnlyTellLetAllPass(Setting setting) {
    for (String mode : List.of("belay.budget.on-exceeded=warn", "belay.mode=observe")) {
      Jvm belay =
          setting.withBelay(
              mode,
              "belay.budget.llm-calls=1",
              "belay.budget.tool-calls=0",
              "belay.budget.output-tokens=1",
              "belay.budget.input-tokens=1",
              "belay.budget.cost-usd=0.000000001",
              "belay.budget.time=1ms");
      belay.expectLog(".*passes its budget.*");
      for (String what : List.of("ask", "later", "stream", "converse")) {
        String run = Setting.unique("told-" + what);
        Generator ledger = generating(run);
        belay.cue(run, "go on");
        int turns = what.equals("converse") ? 1 : 3;
        begin(belay, what, run, turns).result();
        assertEquals(turns == 1 ? 2 : 3, requests(run), what);
        JsonNode usage = assertBooked(ledger, belay, run);
        assertEquals(requests(run), usage.path("llmCalls").asInt(), usage::toPrettyString);
        assertEquals("completed", belay.control().run(run).path("status").asText(), what);
      }
    }
  }

  @Scenario
  void whatALimitRefusesIsNotTriedAgain(Setting setting) {
    refusedByALimitOnce(setting);
  }

  @Scenario
  void anAnswerThatIsReadIntoAnObjectIsARun(Setting setting) {
    typedAnswers(setting);
  }
}
