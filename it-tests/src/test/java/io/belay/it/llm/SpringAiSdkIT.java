package io.belay.it.llm;

import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.util.List;

/** Spring AI; a run that streams through Reactor does not end in time yet. */
class SpringAiSdkIT extends SdkScenarios {
  SpringAiSdkIT() {
    super(SpringAiApp.class, Wire.OPENAI);
  }

  @Override
  List<String> ways() {
    return List.of("ask");
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
