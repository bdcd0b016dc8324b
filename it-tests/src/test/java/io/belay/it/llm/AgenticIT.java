package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** LangChain4j's agentic systems: the system is a run, and so is each agent in it. */
class AgenticIT {
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  private static List<JsonNode> children(Jvm belay, String run) {
    List<JsonNode> found = new ArrayList<>();
    belay.control().get("/runs?parent=" + run).forEach(found::add);
    return found;
  }

  @Scenario
  void aSystemIsARunAndItsAgentsAreRunsBelow(Setting setting) {
    String control = Setting.unique("control");
    provider.answering(control, call -> call.completion("a"));
    assertEquals(
        "a",
        setting.withoutBelay().start(AgenticApp.class, control, provider.url(control)).result());

    Jvm belay = setting.withBelay();
    String run = Setting.unique("agentic");
    Work work = belay.start(AgenticApp.class, run, provider.url(run));
    provider.await(run).answer(200, "application/json", Wire.OPENAI.answer(11, 5));
    Arrival second = provider.await(run);
    List<JsonNode> systems = children(belay, run);
    assertEquals(1, systems.size(), systems::toString);
    String system = systems.get(0).path("id").asText();
    assertTrue(
        systems.get(0).path("origin").asText().startsWith("langchain4j "), systems::toString);
    List<JsonNode> agents = children(belay, system);
    assertEquals(2, agents.size(), agents::toString);
    String first = agents.get(0).path("id").asText();
    assertEquals(
        "completed", belay.control().over(first).path("status").asText(), agents::toString);
    assertEquals("running", agents.get(1).path("status").asText(), agents::toString);
    assertEquals(5, belay.control().run(system).path("usage").path("outputTokens").asInt());
    belay.stop(system);
    assertTrue(
        work.thrown().has("io.belay.api.RunStoppedException"), () -> work.thrown().toString());
    assertTrue(second.awaitClientLeft());
    assertEquals(2, provider.requests(run));
    assertEquals("stopped", belay.control().report(system).path("run").path("status").asText());
  }
}
