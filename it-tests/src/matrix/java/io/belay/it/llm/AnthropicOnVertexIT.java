package io.belay.it.llm;

import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;


/** anthropic-java on Vertex. */
@Sets({FurtherSdkScenarios.NEWEST, FurtherSdkScenarios.OLDEST})
class AnthropicOnVertexIT extends FurtherSdkScenarios {
  AnthropicOnVertexIT() {
    super(AnthropicBackendApp.Vertex.class, Wire.ANTHROPIC);
  }

  /** The first versions have no loop of their own. */
  @Override
  int toolCalls(Setting setting) {
    return isOldest(setting) ? 0 : 1;
  }
}
