package io.belay.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.run.Kind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Prometheus reads, by the rules of its text format 0.0.4. */
class MetricsTest {
  private static final Pattern HEAD =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{([a-z]+)=\"([a-z_]+)\"\\})? (-?[0-9.]+([eE][-+]?[0-9]+)?)");

  /** Samples by name and label, after checking every line. */
  private static Map<String, Double> parsed(String text) {
    assertTrue(text.endsWith("\n"), "the last line ends, too");
    Map<String, String> helps = new HashMap<>();
    Map<String, String> types = new HashMap<>();
    Map<String, Double> samples = new LinkedHashMap<>();
    String family = "";
    for (String line : text.split("\n")) {
      Matcher head = HEAD.matcher(line);
      if (head.matches()) {
        Map<String, String> of = head.group(1).equals("HELP") ? helps : types;
        assertEquals(null, of.put(head.group(2), head.group(3)), "once for each: " + line);
        assertFalse(samples.containsKey(head.group(2)), "before its samples: " + line);
        family = head.group(2);
        continue;
      }
      Matcher sample = SAMPLE.matcher(line);
      assertTrue(sample.matches(), line);
      assertEquals(family, sample.group(1), "samples of a family stand together: " + line);
      String key = sample.group(1) + (sample.group(2) == null ? "" : sample.group(2));
      assertEquals(null, samples.put(key, Double.valueOf(sample.group(5))), line);
    }
    assertEquals(helps.keySet(), types.keySet());
    types.forEach(
        (name, type) -> {
          assertTrue(name.startsWith("belay_"), name);
          assertEquals(type.equals("counter"), name.endsWith("_total"), name + " is a " + type);
          assertTrue(type.equals("counter") || type.equals("gauge"), type);
        });
    return samples;
  }

  @Test
  void everyLineIsOneThatPrometheusReads() throws Exception {
    try (Door door = new Door()) {
      door.agent("r1", Kind.COMMIT, "COMMIT");
      door.completed("r2");
      Door.Reply reply = door.get("/metrics");
      assertEquals("text/plain; version=0.0.4; charset=utf-8", reply.header("Content-Type"));
      Map<String, Double> samples = parsed(reply.body());
      assertEquals(1, samples.get("belay_calls_in_flight{kind=\"commit\"}"));
      assertEquals(1, samples.get("belay_runs_ended_total{status=\"completed\"}"));
      assertEquals(0, samples.get("belay_observed_total{would=\"stop\"}"));
      assertNotNull(samples.get("belay_cost_usd_total"));
    }
  }

  /** A time series for each run would bring a Prometheus down. */
  @Test
  void thereAreNotMoreOfThemWhenThereAreMoreRuns() throws Exception {
    try (Door door = new Door()) {
      int before = parsed(door.get("/metrics").body()).size();
      for (int i = 0; i < 200; i++) {
        door.completed("run-" + i);
      }
      door.agent("r1", Kind.HTTP, "POST https://api.test/charges");
      String after = door.get("/metrics").body();
      assertEquals(before, parsed(after).size());
      assertFalse(after.contains("run-") || after.contains("api.test"), after);
    }
  }

  @Test
  void countersDoNotGoBack() throws Exception {
    try (Door door = new Door()) {
      Map<String, Double> before = parsed(door.get("/metrics").body());
      Door.Agent agent = door.agent("r1", Kind.COMMIT, "COMMIT");
      door.post("/runs/r1/stop", "{}");
      agent.finish();
      door.post("/runs/r1/stop?wait=60s", "{}");
      Map<String, Double> after = parsed(door.get("/metrics").body());
      before.forEach(
          (name, value) -> assertTrue(name.contains("_total") ? after.get(name) >= value : true));
      assertEquals(1, after.get("belay_runs_ended_total{status=\"stopped\"}"));
    }
  }
}
