package io.belay.it.llm;

import io.belay.it.harness.Libraries;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;

/** anthropic-java. */
@Sets({Libraries.NEWEST, Libraries.OLDEST_SDKS})
class AnthropicSdkIT extends SdkScenarios {
  AnthropicSdkIT() {
    super(AnthropicApp.class, Wire.ANTHROPIC);
  }

  @Scenario
  void aStreamThatIsCutIsBookedAsFarAsItCame(Setting setting) {
    cutStream(setting);
  }
}
