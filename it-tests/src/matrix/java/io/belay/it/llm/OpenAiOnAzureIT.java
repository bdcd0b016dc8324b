package io.belay.it.llm;

import io.belay.it.harness.Libraries;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;

/** openai-java at Azure's addresses. */
@Sets(Libraries.NEWEST)
class OpenAiOnAzureIT extends SdkScenarios {
  OpenAiOnAzureIT() {
    super(OpenAiApp.Azure.class, Wire.OPENAI);
  }

  @Scenario
  void aStreamThatIsCutIsBookedAsFarAsItCame(Setting setting) {
    cutStream(setting);
  }
}
