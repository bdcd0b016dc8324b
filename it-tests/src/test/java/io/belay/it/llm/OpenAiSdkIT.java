package io.belay.it.llm;

/** openai-java. */
class OpenAiSdkIT extends SdkScenarios {
  OpenAiSdkIT() {
    super(OpenAiApp.class, Wire.OPENAI, false);
  }
}
