package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Models behind paths of their own, formats without an SDK here, and limits besides the output's.
 */
class EndpointsIT {
  private static final String REFUSE = "belay.budget.on-exceeded=refuse";
  private static final String CHAT = "/v1/chat/completions";
  private static final String HELLO =
      "{\"model\":\"m\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  private static String post(Jvm jvm, String key, String path, String body, int times) {
    List<String> one = List.of(provider.url(key) + path, body);
    String[] args =
        Collections.nCopies(times, one).stream().flatMap(List::stream).toArray(String[]::new);
    return jvm.start(Poster.class, key, args).result();
  }

  private static Generator generate(String key, Wire wire) {
    Generator generator = new Generator(wire, 20, "");
    provider.answering(key, generator::answer);
    return generator;
  }

  private static JsonNode usage(Jvm belay, String run) {
    return belay.control().over(run).path("usage");
  }

  @Scenario
  void aPlaceThatIsNamedIsAModels(Setting setting) {
    String control = Setting.unique("control");
    generate(control, Wire.OPENAI);
    Jvm unaware = setting.withBelay();
    assertEquals("200", post(unaware, control, "/talk/now", HELLO, 1));
    assertEquals(0, usage(unaware, control).path("llmCalls").asInt());

    Jvm belay =
        setting.withBelay(
            "belay.llm.endpoints=*.acme.com,/*/talk/**,/*/think=anthropic-messages",
            "belay.budget.output-tokens=90",
            REFUSE);
    String talk = Setting.unique("talk");
    Generator ledger = generate(talk, Wire.OPENAI);
    assertEquals("200 200 200 refused refused", post(belay, talk, "/talk/now", HELLO, 5));
    assertTrue(ledger.highest() <= 90);
    assertEquals(ledger.output(), usage(belay, talk).path("outputTokens").asLong());

    String think = Setting.unique("think");
    Generator thoughts = generate(think, Wire.ANTHROPIC);
    assertEquals("200", post(belay, think, "/think", HELLO, 1));
    assertEquals(thoughts.output(), usage(belay, think).path("outputTokens").asLong());
    assertEquals(thoughts.input(), usage(belay, think).path("inputTokens").asLong());
  }

  /** Path, body, what is answered, and what is booked of it: input, output, read from a cache. */
  private record Format(String path, String body, String answer, long... booked) {}

  private static final List<Format> FORMATS =
      List.of(
          new Format(
              "/v1/responses",
              "{\"model\":\"m\",\"input\":\"hello\"}",
              "{\"usage\":{\"input_tokens\":40,\"input_tokens_details\":{\"cached_tokens\":30},"
                  + "\"output_tokens\":7,\"output_tokens_details\":{\"reasoning_tokens\":3}}}",
              40,
              7,
              30),
          new Format(
              "/v1/completions",
              "{\"model\":\"m\",\"prompt\":\"hello\"}",
              "{\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":6,\"total_tokens\":10}}",
              4,
              6,
              0),
          new Format(
              "/v1/embeddings",
              "{\"model\":\"m\",\"input\":[\"hello\",\"there\"]}",
              "{\"data\":[],\"usage\":{\"prompt_tokens\":9,\"total_tokens\":9}}",
              9,
              0,
              0));

  @Scenario
  void formatsOfOpenAiAreBookedEach(Setting setting) {
    Jvm belay = setting.withBelay();
    for (Format format : FORMATS) {
      String run = Setting.unique("format");
      provider.answering(run, call -> call.answer(200, "application/json", format.answer()));
      assertEquals("200", post(belay, run, format.path(), format.body(), 1));
      JsonNode usage = usage(belay, run);
      assertEquals(1, usage.path("llmCalls").asInt(), format.path());
      assertEquals(
          List.of(format.booked()[0], format.booked()[1], format.booked()[2]),
          List.of(
              usage.path("inputTokens").asLong(),
              usage.path("outputTokens").asLong(),
              usage.path("cacheReadTokens").asLong()),
          () -> format.path() + usage);
    }
  }

  @Scenario
  void inputAndTheSumOfBothAreLimitedToo(Setting setting) {
    String control = Setting.unique("control");
    Generator free = generate(control, Wire.OPENAI);
    post(setting.withoutBelay(), control, CHAT, HELLO, 20);
    assertTrue(free.input() > 150, () -> "" + free.input());

    for (String limit : List.of("input-tokens", "total-tokens")) {
      String run = Setting.unique(limit);
      Generator ledger = generate(run, Wire.OPENAI);
      Jvm belay = setting.withBelay("belay.budget." + limit + "=150", REFUSE);
      String seen = post(belay, run, CHAT, HELLO, 20);
      long used = ledger.input() + (limit.startsWith("total") ? ledger.output() : 0);
      assertTrue(used > 0 && used <= 150, () -> limit + ": " + used);
      assertTrue(seen.endsWith("refused"), seen);
      assertEquals(
          ledger.input() + ledger.output(),
          usage(belay, run).path("inputTokens").asLong()
              + usage(belay, run).path("outputTokens").asLong());
    }
  }
}
