package io.belay.it.llm;

import io.belay.it.harness.Libraries;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;

/** openai-java over a client of the application's own. */
@Sets(Libraries.NEWEST)
class OpenAiOwnClientIT extends SdkScenarios {
  OpenAiOwnClientIT() {
    super(OpenAiApp.Own.class, Wire.OPENAI);
  }

  @Scenario
  void aStreamThatIsCutIsBookedAsFarAsItCame(Setting setting) {
    cutStream(setting);
  }
}
