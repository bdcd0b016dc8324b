package io.belay.it.llm;

import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;

/** anthropic-java on Vertex. */
@Sets("sdks-further")
class AnthropicOnVertexIT extends SdkScenarios {
  AnthropicOnVertexIT() {
    super(AnthropicBackendApp.Vertex.class, Wire.ANTHROPIC);
  }

  @Scenario
  void aStreamThatIsCutIsBookedAsFarAsItCame(Setting setting) {
    cutStream(setting);
  }
}
