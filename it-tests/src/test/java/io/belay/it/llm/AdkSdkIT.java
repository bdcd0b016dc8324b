package io.belay.it.llm;

import io.belay.it.harness.Jvm;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;

/** Google's Agent Development Kit. */
class AdkSdkIT extends SdkScenarios {
  AdkSdkIT() {
    super(AdkApp.class, Wire.GEMINI);
  }

  @Override
  boolean pauses(Jvm belay, String run, String what) {
    return belay.sleeps(); // Inside google-genai's call, on whichever thread.
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
