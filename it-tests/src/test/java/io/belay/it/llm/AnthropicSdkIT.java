package io.belay.it.llm;

/** anthropic-java. */
class AnthropicSdkIT extends SdkScenarios {
  AnthropicSdkIT() {
    super(AnthropicApp.class, Wire.ANTHROPIC, false);
  }
}
