package io.belay.it.llm;

import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;

/** Spring AI: RestClient for whole answers, WebClient on Reactor Netty for streams. */
class SpringAiSdkIT extends SdkScenarios {
  SpringAiSdkIT() {
    super(SpringAiApp.class, Wire.OPENAI);
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
}
