package io.belay.it.llm;

/** LangChain4j. */
class LangChainSdkIT extends SdkScenarios {
  LangChainSdkIT() {
    super(LangChainApp.class, Wire.OPENAI, true);
  }
}
