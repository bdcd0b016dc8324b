package io.belay.it.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Setting;

/**
 * Clients that stay until they are answered: alone, on a connection used again, pipelined, and slow
 * to read. All their requests are watched: half have called a model, half are of a route that stops
 * whoever leaves. {@code it.requests} says how many; 10,000 is what the project promises.
 */
final class Stayers {
  private static final int REQUESTS = Integer.getInteger("it.requests", 160);

  private final Provider provider;
  private final Jvm belay;
  private final int port;

  Stayers(Provider provider, Jvm belay, int port) {
    this.provider = provider;
    this.belay = belay;
    this.port = port;
  }

  void nobodyIsStopped() {
    String key = Setting.unique("stays");
    provider.answering(key, call -> call.completion("hello"));
    String agent = "/chat?" + key + "&" + provider.url(key) + "/v1";
    for (int round = 0; round < REQUESTS / 10; round++) {
      try (Client client = new Client(port)) {
        answered(client, "/always/a");
        answered(client, agent);
        answered(client, agent, "/always/c", agent, "/always/large", agent, "/e");
        answered(client, agent);
        answered(client, "/always/f");
      }
    }
    slowReaders(agent);
    // A client may have read its answer before the server has said that it is complete.
    noneIsUnderWay();
    int completed = 0;
    for (JsonNode run : belay.control().get("/runs")) {
      String parent = run.path("parent").asText();
      assertTrue(parent.equals("jvm") || parent.equals("null"), "of another's run: " + run);
      String name = run.path("name").asText();
      if (run.path("id").asText().length() == 26
          && (name.contains("/always/") || run.path("usage").path("llmCalls").asInt() > 0)) {
        assertEquals("completed", run.path("status").asText(), run.toString());
        completed++;
      }
    }
    assertTrue(completed >= REQUESTS * 9 / 10, "only " + completed);
    System.out.println(completed + " watched requests of clients that stayed, none stopped");
  }

  private static void answered(Client client, String... targets) {
    client.send(targets);
    for (String target : targets) {
      assertEquals(200, client.read().status(), target);
    }
  }

  /** Each takes longer to read than it takes to notice somebody who has left. */
  private void slowReaders(String agent) {
    try (Client large = new Client(port);
        Client later = new Client(port)) {
      large.send("/always/large");
      later.send(agent, "/always/large", agent);
      for (int i = 0; i < 3; i++) {
        String other = Setting.unique("meanwhile");
        Client leaver = new Client(port).send(chat(other));
        Arrival call = provider.await(other);
        leaver.close();
        assertTrue(call.awaitClientLeft());
      }
      assertEquals(1 << 20, large.read().body().length());
      for (int i = 0; i < 3; i++) {
        assertEquals(200, later.read().status());
      }
    }
  }

  private String chat(String key) {
    return "/chat?" + key + "&" + provider.url(key) + "/v1\nX-Run-Id: " + key;
  }

  private void noneIsUnderWay() {
    JsonNode[] running = new JsonNode[1];
    try {
      Await.until(
          "no request is under way",
          () -> {
            running[0] = belay.control().get("/runs?status=running");
            return running[0].size() == 1;
          });
    } catch (AssertionError late) {
      throw new AssertionError(running[0].toPrettyString(), late);
    }
  }
}
