package io.belay.demo.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DriverTest {
  @AfterEach
  void forgetTheJar() {
    System.clearProperty("belay.jar");
  }

  @Test
  void aMissingBelayJarIsOneLineThatNamesThePlaceAndTheCommand() {
    System.setProperty("belay.jar", "nowhere/belay.jar");
    String message = assertThrows(CannotStart.class, ControlPlane::find).toString();
    assertTrue(message.contains("nowhere/belay.jar"), message);
    assertTrue(message.contains("mvn "), message);
    assertEquals(1, message.lines().count(), message);
    assertEquals(1, Driver.run(List.of()));
  }

  @Test
  void argumentsThatAreNotUnderstoodEndTheDriverWithStatusTwo() {
    assertEquals(2, Driver.run(List.of("--jsno")));
    assertEquals(2, Driver.run(List.of("--only")));
    assertEquals(2, Driver.run(List.of("--only", "both")));
  }

  @Test
  void theTableHasAColumnForEachStory() {
    AfterStop busy = new AfterStop(681, 7, 12, 32, 3, 3, 9060, true, 0.00771);
    AfterStop still = new AfterStop(2, 0, 0, 0, 0, 3, 30_000, false, 0.000016);
    List<String> lines = Table.of(List.of(ending("a", busy), ending("b", still))).lines().toList();
    assertEquals(8, lines.size());
    assertTrue(lines.get(1).matches("tokens generated after Stop +681 +2"), lines.get(1));
    assertTrue(lines.get(5).matches("sub-agents .* 3 of 3 +0 of 3"), lines.get(5));
    assertTrue(lines.get(6).matches("time until quiet +9\\.06 s +> 30\\.00 s"), lines.get(6));
    assertTrue(lines.get(7).matches("dollars .* \\$0\\.007710 +\\$0\\.000016"), lines.get(7));
  }

  private static Story.Ending ending(String name, AfterStop numbers) {
    return new Story.Ending(name, numbers, MissingNode.getInstance());
  }

  @Test
  void theShortReportLeavesOutWhatBelayDidNotSay() throws Exception {
    ObjectMapper json = new ObjectMapper();
    String whole =
        ReportText.of(
            json.readTree(
                """
                {"stop":{"by":"http","reason":"USER","text":"enough"},"quietAfterMs":12,
                 "refused":{"llm":3},"rolledBack":1,"alive":[],
                 "inFlight":[{"kind":"llm","target":"POST http://h/x","runId":"r.1",
                              "outcome":"unknown"}],
                 "usageAtStop":{"inputTokens":10,"outputTokens":20,"costUsd":0.5}}
                """));
    assertEquals(
        """
          stopped by http, USER: enough
          quiet after 12 ms
          refused: 3 llm
          in flight: llm POST http://h/x of r.1: unknown
          transactions rolled back: 1
          used at the stop: 10 input and 20 output tokens, $0.500000
          threads still at work: 0
        """,
        whole);
    assertEquals("  quiet after 3 ms\n", ReportText.of(json.readTree("{\"quietAfterMs\":3}")));
  }
}
