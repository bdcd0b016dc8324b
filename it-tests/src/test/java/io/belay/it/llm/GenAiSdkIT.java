package io.belay.it.llm;

import io.belay.it.harness.Jvm;
import io.belay.it.harness.Libraries;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;

/** google-genai. */
@Sets({Libraries.NEWEST, Libraries.OLDEST_SDKS})
class GenAiSdkIT extends SdkScenarios {
  GenAiSdkIT() {
    super(GenAiApp.class, Wire.GEMINI);
  }

  @Override
  boolean retries(Setting setting) {
    return setting.libraries().equals(Libraries.NEWEST); // The first version does not.
  }

  @Override
  boolean pauses(Jvm belay, String run, String what) {
    return belay.sleeps(); // Inside its call, on whichever thread.
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
}
