package io.belay.it.llm;

import io.belay.it.harness.Libraries;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;

/** anthropic-java. */
@Sets({Libraries.NEWEST, Libraries.OLDEST_SDKS})
class AnthropicSdkIT extends SdkScenarios {
  AnthropicSdkIT() {
    super(AnthropicApp.class, Wire.ANTHROPIC);
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

  /** The first versions have no loop of their own. */
  @Override
  int toolCalls(Setting setting) {
    return setting.libraries().equals(Libraries.OLDEST_SDKS) ? 0 : 1;
  }

  @Scenario
  void whatALimitRefusesIsNotTriedAgain(Setting setting) {
    refusedByALimitOnce(setting);
  }
}
