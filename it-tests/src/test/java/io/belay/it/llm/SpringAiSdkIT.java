package io.belay.it.llm;

import java.util.List;

/** Spring AI; its streams ride on clients that are not woven yet. */
class SpringAiSdkIT extends SdkScenarios {
  SpringAiSdkIT() {
    super(SpringAiApp.class, Wire.OPENAI, true);
  }

  @Override
  List<String> ways() {
    return List.of("ask");
  }
}
