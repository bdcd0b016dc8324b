package io.belay.it.llm;

/** google-genai. */
class GenAiSdkIT extends SdkScenarios {
  GenAiSdkIT() {
    super(GenAiApp.class, Wire.GEMINI, true);
  }

  @Override
  boolean pausesInsideItsCall() {
    return true;
  }
}
