package io.belay.it.llm;

import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;

/** openai-java. */
class OpenAiSdkIT extends SdkScenarios {
  OpenAiSdkIT() {
    super(OpenAiApp.class, Wire.OPENAI);
  }

  @Scenario
  void aStreamThatIsCutIsBookedAsFarAsItCame(Setting setting) {
    cutStream(setting);
  }
}
