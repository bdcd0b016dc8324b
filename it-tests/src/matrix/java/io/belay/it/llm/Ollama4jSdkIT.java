package io.belay.it.llm;

import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;
import java.util.List;

/** Ollama by Ollama4j, which rides on the JDK's client. */
@Sets("sdks-further")
class Ollama4jSdkIT extends SdkScenarios {
  Ollama4jSdkIT() {
    super(Ollama4jApp.class, Wire.OLLAMA);
  }

  @Override
  List<String> ways() {
    return List.of("ask", "stream");
  }

  @Override
  boolean retries(Setting setting) {
    return false;
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
