package io.belay.it.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belay.it.harness.Program;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The demo as anybody runs it, by what its provider and its database counted. */
class DemoIT {
  @Scenario
  void withBelayNothingReachesTheOutsideAfterStop(Setting setting) throws IOException {
    Path demo = Path.of(System.getProperty("belay-demo.jar", "../demo-app/target/belay-demo.jar"));
    Program.Ended ended =
        Program.run(
            List.of(
                setting.jdk().program("java").toString(),
                "-Dbelay.jar=" + Setting.belayJar(),
                "-jar",
                demo.toAbsolutePath().normalize().toString(),
                "--json"),
            Duration.ofMinutes(5));
    assertEquals(0, ended.status(), ended::toString);
    JsonNode json = new ObjectMapper().readTree(String.join("\n", ended.stdout()));

    JsonNode without = json.path("withoutBelay");
    assertTrue(without.path("tokensAfterStop").asInt() > 100, json::toPrettyString);
    assertTrue(without.path("llmRequestsAfterStop").asInt() > 0, json::toPrettyString);
    assertTrue(without.path("httpRequestsAfterStop").asInt() > 0, json::toPrettyString);
    assertTrue(without.path("rowsAfterStop").asInt() > 0, json::toPrettyString);
    assertEquals(3, without.path("subAgentsCompleted").asInt(), json::toPrettyString);

    JsonNode with = json.path("withBelay");
    assertEquals(0, with.path("llmRequestsAfterStop").asInt(-1), json::toPrettyString);
    assertEquals(0, with.path("httpRequestsAfterStop").asInt(-1), json::toPrettyString);
    assertEquals(0, with.path("rowsAfterStop").asInt(-1), json::toPrettyString);
    assertEquals(0, with.path("subAgentsCompleted").asInt(-1), json::toPrettyString);
    assertTrue(with.path("wentQuiet").asBoolean(), json::toPrettyString);
    // What the provider generates until it sees the connections closed is not in anybody's hands,
    // nor how soon a busy machine sends the stop.
    assertTrue(
        with.path("tokensAfterStop").asInt() < without.path("tokensAfterStop").asInt() / 2,
        json::toPrettyString);

    JsonNode report = with.path("stopReport");
    assertEquals("stopped", report.path("run").path("status").asText(), json::toPrettyString);
    assertEquals("USER", report.path("stop").path("reason").asText(), json::toPrettyString);
    assertEquals(3, report.path("inFlight").size(), json::toPrettyString);
    assertEquals(0, report.path("alive").size(), json::toPrettyString);
  }
}
