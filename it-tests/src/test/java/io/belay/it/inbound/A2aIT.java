package io.belay.it.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.util.ArrayList;
import java.util.List;

/** A server of the A2A SDK that receives {@code tasks/cancel}. */
class A2aIT {
  @Scenario(libraries = "a2a-0.3.3")
  void aTaskThatIsCancelledIsStopped(Setting setting) {
    try (Provider provider = Provider.start()) {
      String key = Setting.unique("control");
      Jvm control = setting.withoutBelay();
      Work work = control.serve(A2aApp.class, key, provider.url(key) + "/v1");
      Arrival first = provider.await(key);
      control.cue(key, "cancel");
      assertFalse(work.result().isEmpty());
      assertFalse(first.clientLeft());
      first.answer(200, "application/json", "{}");
      Await.until("the agent goes on", () -> provider.requests(key) == 2);
      provider.arrivals(key).get(1).answer(200, "application/json", "{}");
      control.awaitMoment(key, "over");

      stops(setting.withBelay(), provider);
    }
  }

  private static void stops(Jvm belay, Provider provider) {
    String key = Setting.unique("cancelled");
    Work work = belay.serve(A2aApp.class, key, provider.url(key) + "/v1");
    Arrival call = provider.await(key);
    belay.cue(key, "cancel");
    assertTrue(call.awaitClientLeft());
    belay.awaitMoment(key, "RunStoppedException 1");
    belay.awaitMoment(key, "RunStoppedException 2");
    belay.awaitMoment(key, "over");
    assertEquals(1, provider.requests(key));
    String task = "task " + work.result();
    List<JsonNode> stops = new ArrayList<>();
    for (JsonNode run : belay.control().get("/runs?status=stopped,stopping")) {
      if (run.path("name").asText().equals(task)) {
        stops.add(belay.control().report(run.path("id").asText()).path("stop"));
      }
    }
    assertEquals(1, stops.size(), task);
    assertEquals("USER", stops.get(0).path("reason").asText());
    assertEquals("a client of a2a", stops.get(0).path("by").asText());
  }
}
