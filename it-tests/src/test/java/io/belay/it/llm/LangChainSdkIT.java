package io.belay.it.llm;

import io.belay.it.harness.Libraries;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;

/** LangChain4j. */
@Sets({Libraries.NEWEST, Libraries.OLDEST_SDKS})
class LangChainSdkIT extends SdkScenarios {
  LangChainSdkIT() {
    super(LangChainApp.class, Wire.OPENAI);
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
  void aToolThatFetchesIsEndedWithItsRun(Setting setting) {
    toolThatFetches(setting);
  }

  @Scenario
  void aToolOfAStoppedRunTellsTheModelNothing(Setting setting) {
    toolOfAStoppedRun(setting);
  }

  @Scenario
  void whatALimitRefusesIsNotTriedAgain(Setting setting) {
    refusedByALimitOnce(setting);
  }

  /** Its pause, which the stop refuses too, hides no limit from the application. */
  @Scenario
  void whatComesToALimitIsToldOfIt(Setting setting) {
    spentToTheLast(setting);
  }
}
