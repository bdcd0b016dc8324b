package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
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

  /** It is counted where the MCP client calls it, and not where the loop fetches it as well. */
  @Scenario
  void aToolOfAnMcpServerIsCountedOnce(Setting setting) {
    if (isOldest(setting)) {
      return; // It speaks to none.
    }
    String control = Setting.unique("control");
    Generator free = generating(control);
    assertEquals("a", converse(setting.withoutBelay(), control).result());
    assertEquals(2, free.answers());

    String run = Setting.unique("mcp");
    generating(run);
    Jvm belay = setting.withBelay();
    assertEquals("a", converse(belay, run).result());
    JsonNode usage = belay.control().over(run).path("usage");
    assertEquals(2, usage.path("llmCalls").asInt(), usage::toPrettyString);
    assertEquals(1, usage.path("toolCalls").asInt(), usage::toPrettyString);
  }

  private static Work converse(Jvm jvm, String key) {
    return jvm.start(Ollama4jMcpApp.class, key, url(key));
  }

  @Override
  boolean retries(Setting setting) {
    return false;
  }
}
