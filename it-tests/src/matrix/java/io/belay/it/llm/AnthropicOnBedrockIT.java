package io.belay.it.llm;

import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;

/** anthropic-java on Bedrock. */
@Sets("sdks-further")
class AnthropicOnBedrockIT extends SdkScenarios {
  AnthropicOnBedrockIT() {
    super(AnthropicBackendApp.Bedrock.class, Wire.BEDROCK_INVOKE);
  }

  @Scenario
  void aStreamThatIsCutIsBookedAsFarAsItCame(Setting setting) {
    cutStream(setting);
  }
}
