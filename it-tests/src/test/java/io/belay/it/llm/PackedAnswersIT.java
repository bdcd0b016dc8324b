package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Answers over HTTP/1.1 and 2, packed, in chunks cut anywhere and with a trailer, are booked as
 * they were generated, and the application reads them as it would without Belay.
 */
class PackedAnswersIT {
  private static final List<String> CLIENTS =
      List.of(
          "jdk-1.1",
          "jdk-2",
          "okhttp-1.1",
          "okhttp-2",
          "apache-1.1",
          "jetty-1.1",
          "reactor-1.1",
          "reactor-2");
  private static final String CHAT = "/v1/chat/completions";
  private static final String MESSAGES = "/v1/messages";

  private static PackedProvider provider;

  @BeforeAll
  static void start() {
    provider = new PackedProvider();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  private static String body(boolean streamed) {
    return "{\"model\":\"m\",\"max_tokens\":50,\"stream\":"
        + streamed
        + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
  }

  private static String ask(Jvm jvm, String run, String client, String path, boolean streamed) {
    return jvm.start(Asker.class, run, client, provider.url(path), body(streamed)).result();
  }

  @Scenario
  void areBookedAsTheyWereGenerated(Setting setting) {
    Jvm free = setting.withoutBelay();
    Jvm belay = setting.withBelay();
    for (String client : CLIENTS) {
      for (String path : List.of(CHAT, MESSAGES)) {
        for (boolean streamed : new boolean[] {false, true}) {
          String what = client + " " + path + " " + streamed;
          provider.packed();
          String control = ask(free, Setting.unique("control"), client, path, streamed);
          assertTrue(control.startsWith(client.substring(client.indexOf('-') + 1)), control);
          assertEquals(1, provider.packed(), what);

          String run = Setting.unique("packed");
          String answer = ask(belay, run, client, path, streamed);
          assertEquals(control.replace(" packed ", " "), answer.replace(" packed ", " "), what);
          JsonNode usage = belay.control().over(run).path("usage");
          assertEquals(PackedProvider.TOKENS, usage.path("outputTokens").asLong(), what + usage);
          assertEquals(PackedProvider.INPUT, usage.path("inputTokens").asLong(), what + usage);
          assertFalse(usage.path("estimated").asBoolean(), what + usage);
        }
      }
    }
  }

  @Scenario
  void anErrorInsideAStreamReachesTheApplicationAndWhatCameIsBooked(Setting setting) {
    Jvm free = setting.withoutBelay();
    Jvm belay = setting.withBelay();
    for (String client : CLIENTS) {
      String control = ask(free, Setting.unique("control"), client, "/broken" + MESSAGES, true);
      assertTrue(control.contains("overloaded_error"), control);
      String run = Setting.unique("broken");
      assertEquals(control, ask(belay, run, client, "/broken" + MESSAGES, true), client);
      JsonNode usage = belay.control().over(run).path("usage");
      assertEquals(2, usage.path("outputTokens").asLong(), client + usage);
      assertEquals(PackedProvider.INPUT, usage.path("inputTokens").asLong(), client + usage);
      assertTrue(usage.path("estimated").asBoolean(), client + usage);
    }
  }
}
