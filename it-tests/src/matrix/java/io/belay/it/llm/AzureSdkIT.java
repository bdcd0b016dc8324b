package io.belay.it.llm;

import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;


/** Azure OpenAI by Azure's own SDK. */
@Sets({FurtherSdkScenarios.NEWEST, FurtherSdkScenarios.OLDEST})
class AzureSdkIT extends FurtherSdkScenarios {
  AzureSdkIT() {
    super(AzureApp.class, Wire.OPENAI);
  }

  /** The application calls it. */
  @Override
  int toolCalls(Setting setting) {
    return 0;
  }

  @Scenario
  void whatALimitRefusesIsNotTriedAgain(Setting setting) {
    refusedByALimitOnce(setting);
  }
}
