package io.belay.it.llm;

import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;
import java.util.List;

/** Ollama by Ollama4j, which rides on the JDK's client. */
@Sets({FurtherSdkScenarios.NEWEST, FurtherSdkScenarios.OLDEST})
class Ollama4jSdkIT extends FurtherSdkScenarios {
  Ollama4jSdkIT() {
    super(Ollama4jApp.class, Wire.OLLAMA);
  }

  @Override
  List<String> ways(Setting setting) {
    return List.of("ask", "stream");
  }

  @Override
  boolean retries(Setting setting) {
    return false;
  }
}
