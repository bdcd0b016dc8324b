package io.belay.it.llm;

import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;


/** anthropic-java on Bedrock. */
@Sets({FurtherSdkScenarios.NEWEST, FurtherSdkScenarios.OLDEST})
class AnthropicOnBedrockIT extends FurtherSdkScenarios {
  AnthropicOnBedrockIT() {
    super(AnthropicBackendApp.Bedrock.class, Wire.BEDROCK_INVOKE);
  }

  /** The first versions' own thread lets whatever breaks a stream be uncaught, a stop or not. */
  @Scenario
  @Override
  void aStreamThatIsCutIsBookedAsFarAsItCame(Setting setting) {
    if (!isOldest(setting)) {
      super.aStreamThatIsCutIsBookedAsFarAsItCame(setting);
    }
  }

  /** The first versions have no loop of their own. */
  @Override
  int toolCalls(Setting setting) {
    return isOldest(setting) ? 0 : 1;
  }
}
