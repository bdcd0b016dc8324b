package io.belay.it.llm;

import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;

/** Azure OpenAI by Azure's own SDK. */
@Sets("sdks-further")
class AzureSdkIT extends SdkScenarios {
  AzureSdkIT() {
    super(AzureApp.class, Wire.OPENAI);
  }

  @Scenario
  void aStreamThatIsCutIsBookedAsFarAsItCame(Setting setting) {
    cutStream(setting);
  }

  @Scenario
  void whatALimitRefusesIsNotTriedAgain(Setting setting) {
    refusedByALimitOnce(setting);
  }
}
